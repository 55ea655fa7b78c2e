package org.entente.relay.http;

import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.log.Promise;
import org.entente.relay.Effect;
import org.entente.relay.worker.Desks;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

/// Where somebody who collected without the relay hands in a submission (docs/exchange.md §3).
public final class SubmissionRoutes {
    private final Desks desks;

    public SubmissionRoutes(Desks desks) {
        this.desks = desks;
    }

    record Accepted(Digest submission, String orderedBy, StatusView.Signed promise) {}

    public Routes routes() {
        return Routes.none()
                .post(
                        "/v1/submissions",
                        Limits.standard()
                                .bodySizeMax(FullSequence.FORMAT.sizeMax())
                                .mediaTypes("application/octet-stream"),
                        this::submit);
    }

    private Reply submit(Request request) throws InterruptedException {
        return switch (FullSequence.FORMAT.decode(request.body())) {
            case Parsed.Refused<FullSequence>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<FullSequence>(FullSequence full) ->
                    switch (desks.submit(full)) {
                        case Effect.Refuse(var _, Verdict.Rejected why) -> Reply.problem(why);
                        case Effect.Accepted(var _, Digest submission, var promise) ->
                                Reply.json(
                                        202,
                                        new Accepted(
                                                submission,
                                                promise.promise().orderedBy().toString(),
                                                new StatusView.Signed(
                                                        Promise.FORMAT.encode(promise.promise()),
                                                        promise.signature())));
                        case Effect other ->
                                throw new IllegalStateException(
                                        "no answer to a submission: " + other);
                    };
        };
    }
}
