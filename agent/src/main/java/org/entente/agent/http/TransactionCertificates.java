package org.entente.agent.http;

import org.entente.agent.Organisation;
import org.entente.certs.Certificate;
import org.entente.certs.Grant;
import org.entente.certs.SigningRequest;
import org.entente.certs.Verifier;
import org.entente.certs.issue.CertificateAuthority;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Json;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Supplier;

/// `POST /v1/transaction-certificates`: a batch of certificates for fresh keys of the node that
/// asks (protocol.md §2.3).
public final class TransactionCertificates {
    private static final int BODY_SIZE_BYTES_MAX = 256 * 1024;

    private final Supplier<Organisation> organisation;
    private final InstantSource clock;

    public TransactionCertificates(Supplier<Organisation> organisation, InstantSource clock) {
        this.organisation = organisation;
        this.clock = clock;
    }

    /// @param requests PKCS#10 in DER, in base64
    record Asked(String alliance, String contract, List<String> flows, List<String> requests) {
        Asked {
            flows = List.copyOf(flows);
            requests = List.copyOf(requests);
        }
    }

    /// @param certificates DER in base64, in no particular order
    record Given(List<String> certificates) {}

    public Routes routes() {
        return Routes.none()
                .post(
                        "/v1/transaction-certificates",
                        Limits.standard().bodySizeMax(BODY_SIZE_BYTES_MAX).mediaTypes(Reply.JSON),
                        this::answer);
    }

    private Reply answer(Request request) throws LedgerUnavailable {
        Organisation ours = organisation.get();
        Instant now = clock.instant();
        return switch (Peer.required(request, ours, now)) {
            case Parsed.Refused<Certificate>(var why) -> Reply.problem(why);
            case Parsed.Value<Certificate>(var holder) ->
                    switch (Json.read(request.body(), BODY_SIZE_BYTES_MAX, Asked.class)) {
                        case Parsed.Refused<Asked>(var why) -> Reply.problem(why);
                        case Parsed.Value<Asked>(var asked) -> certify(ours, holder, asked, now);
                    };
        };
    }

    private Reply certify(Organisation ours, Certificate holder, Asked asked, Instant now)
            throws LedgerUnavailable {
        NodeId node = holder.node().orElseThrow();
        Parsed<Grant> grant = grant(asked, ours.roles(node), node);
        Parsed<List<SigningRequest>> requests = requests(asked.requests, ours.verifier());
        if (grant instanceof Parsed.Refused<Grant>(var why)) {
            return Reply.problem(why);
        }
        if (requests instanceof Parsed.Refused<List<SigningRequest>>(var why)) {
            return Reply.problem(why);
        }
        return switch (ours.authority().batch(holder, grant.orThrow(), requests.orThrow(), now)) {
            case Parsed.Refused<List<Certificate>>(var why) -> Reply.problem(why);
            case Parsed.Value<List<Certificate>>(var certificates) ->
                    Reply.json(
                            new Given(
                                    certificates.stream()
                                            .map(each -> base64(each.der()))
                                            .toList()));
        };
    }

    private static Parsed<Grant> grant(Asked asked, SortedSet<Name> roles, NodeId node) {
        if (roles.isEmpty()) {
            return Parsed.refused(
                    Fault.WRONG_ROLE,
                    node + " was given no role; a token made with --roles gives it some");
        }
        try {
            return Parsed.of(
                    new Grant(
                            AllianceId.fromHex(asked.alliance),
                            new Name(asked.contract),
                            Sorted.copyOf(asked.flows.stream().map(Name::new).toList()),
                            roles));
        } catch (IllegalArgumentException e) {
            return Parsed.refused(Fault.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    private static Parsed<List<SigningRequest>> requests(List<String> texts, Verifier verifier) {
        if (texts.isEmpty() || texts.size() > CertificateAuthority.BATCH_MAX) {
            return Parsed.refused(
                    Fault.TOO_LARGE,
                    "a batch has 1 to "
                            + CertificateAuthority.BATCH_MAX
                            + " requests, not "
                            + texts.size());
        }
        List<SigningRequest> requests = new ArrayList<>();
        for (String text : texts) {
            switch (bytes(text).then(der -> SigningRequest.parse(der, verifier))) {
                case Parsed.Value<SigningRequest>(var request) -> requests.add(request);
                case Parsed.Refused<SigningRequest>(var why) -> {
                    return new Parsed.Refused<>(why);
                }
            }
        }
        return Parsed.of(List.copyOf(requests));
    }

    private static Parsed<Bytes> bytes(String base64) {
        try {
            return Parsed.of(Bytes.copyOf(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            return Parsed.refused(Fault.MALFORMED, "a request is DER in base64");
        }
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
