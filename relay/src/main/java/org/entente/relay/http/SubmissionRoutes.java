package org.entente.relay.http;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.log.Promise;
import org.entente.relay.Effect;
import org.entente.relay.SignedPromise;
import org.entente.relay.worker.DeskWorker;
import org.entente.relay.worker.Desks;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;

import java.util.Optional;

/// Where somebody who collected without the relay hands in a submission (docs/exchange.md §3).
public final class SubmissionRoutes {
    private final Desks desks;

    public SubmissionRoutes(Desks desks) {
        this.desks = desks;
    }

    record Accepted(Digest submission, String orderedBy, StatusView.Signed promise) {
        static Accepted of(SignedPromise promise) {
            return new Accepted(
                    promise.promise().submission(),
                    promise.promise().orderedBy().toString(),
                    new StatusView.Signed(
                            Promise.FORMAT.encode(promise.promise()), promise.signature()));
        }
    }

    public Routes routes() {
        return Routes.none()
                .post(
                        "/v1/submissions",
                        Limits.standard()
                                .bodySizeMax(FullSequence.FORMAT.sizeMax())
                                .mediaTypes("application/octet-stream"),
                        this::submit)
                .get("/v1/alliances/{alliance}/promises/{submission}", this::promise);
    }

    /// Also of a submission that was lost: whoever holds this can show that the promise is broken.
    private Reply promise(Request request) throws InterruptedException {
        Parsed<AllianceId> alliance = Paths.alliance(request);
        Parsed<Digest> submission = Paths.digest(request, "submission");
        Optional<Reply> refusal = DeliveryRoutes.refusal(alliance, submission);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<DeskWorker> desk = desks.desk(alliance.orThrow());
        Optional<SignedPromise> promise =
                desk.isPresent()
                        ? desk.get().look(it -> it.promise(submission.orThrow()))
                        : Optional.empty();
        return promise.map(it -> Reply.json(200, Accepted.of(it)))
                .orElseGet(() ->
                        Reply.problem(
                                Verdict.rejected(
                                        Fault.NOT_FOUND,
                                        "nothing is promised to " + submission.orThrow())));
    }

    private Reply submit(Request request) throws InterruptedException {
        return switch (FullSequence.FORMAT.decode(request.body())) {
            case Parsed.Refused<FullSequence>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<FullSequence>(FullSequence full) ->
                    switch (desks.submit(full)) {
                        case Effect.Refuse refuse -> Refusals.of(refuse);
                        case Effect.Accepted(var _, var _, var promise) ->
                                Reply.json(202, Accepted.of(promise));
                        case Effect other ->
                                throw new IllegalStateException(
                                        "no answer to a submission: " + other);
                    };
        };
    }
}
