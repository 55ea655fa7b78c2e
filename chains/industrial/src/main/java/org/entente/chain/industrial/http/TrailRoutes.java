package org.entente.chain.industrial.http;

import org.entente.chain.http.Asked;
import org.entente.chain.industrial.store.TrailLog;
import org.entente.light.industrial.Trail;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.io.IOException;

/// What light clients follow (docs/chains/industrial.md §2.5).
///
/// @param log of the node
public record TrailRoutes(TrailLog log) {
    private static final String OCTETS = "application/octet-stream";

    public Routes routes() {
        return Routes.none().get("/v1/industrial/trail", this::trail);
    }

    Reply trail(Request request) throws IOException {
        return switch (Asked.number(request.queried("from").orElse("0"))) {
            case Parsed.Refused<Long>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long from) ->
                    Reply.bytes(OCTETS, Trail.FORMAT.encode(log.from(from)));
        };
    }
}
