package org.entente.relay.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.relay.journal.Payloads;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;
import java.util.Optional;

/// Values, results and large messages by their digest, for members (docs/exchange.md §3).
public final class PayloadRoutes {
    private static final String OCTETS = "application/octet-stream";
    private static final String PAYLOAD = "/v1/payloads/{digest}";

    private final Payloads payloads;

    public PayloadRoutes(Payloads payloads) {
        this.payloads = payloads;
    }

    public Routes routes() {
        return Routes.none()
                .put(
                        PAYLOAD,
                        Limits.standard()
                                .bodySizeMax(Payloads.VALUE_SIZE_BYTES_MAX)
                                .mediaTypes(OCTETS),
                        this::put)
                .get(PAYLOAD, this::find);
    }

    private Reply put(Request request) throws IOException, InterruptedException {
        Parsed<Digest> digest = asked(request);
        if (digest instanceof Parsed.Refused<Digest>(Verdict.Rejected why)) {
            return Reply.problem(why);
        }
        return switch (payloads.put(digest.orThrow(), request.body())) {
            case Verdict.Rejected why -> Reply.problem(why);
            case Verdict.Accepted _ -> Reply.empty(204);
        };
    }

    private Reply find(Request request) throws IOException {
        Parsed<Digest> digest = asked(request);
        if (digest instanceof Parsed.Refused<Digest>(Verdict.Rejected why)) {
            return Reply.problem(why);
        }
        Optional<Bytes> value = payloads.find(digest.orThrow());
        return value.isPresent()
                ? Reply.bytes(OCTETS, value.get())
                : Reply.problem(Verdict.rejected(Fault.NOT_FOUND, "no payload has this digest"));
    }

    private static Parsed<Digest> asked(Request request) {
        Parsed<NodeId> member = Members.node(request.peerCertificate());
        return member.then(_ -> Paths.digest(request, "digest"));
    }
}
