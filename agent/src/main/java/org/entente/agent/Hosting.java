package org.entente.agent;

import org.entente.certs.Moment;
import org.entente.endorsement.RequestCheck;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.Alliance;

import java.util.Optional;
import java.util.TreeSet;

/// Proposes: runs the node contract of a request, puts the values among the payloads, remembers,
/// signs (docs/exchange.md §5). Whoever asks again gets the same proposal.
final class Hosting {
    private final Bench bench;
    private final Outbox outbox;
    private final Breaks breaks;

    /// Requests that are being run.
    private final TreeSet<Digest> running = new TreeSet<>();

    Hosting(Bench bench, Outbox outbox, Breaks breaks) {
        this.bench = bench;
        this.outbox = outbox;
        this.breaks = breaks;
    }

    void propose(Ask ask, Bytes arguments) {
        Digest request = Request.FORMAT.digest(ask.request());
        Optional<Decision.Proposed> before = bench.memory().proposed(request);
        if (before.isPresent()) {
            outbox.then(() -> say(before.get()));
            return;
        }
        if (running.contains(request)) {
            return;
        }
        Parsed<Run> run = run(ask, arguments);
        if (run instanceof Parsed.Refused<Run>(Verdict.Rejected why)) {
            decline(request, why);
            return;
        }
        running.add(request);
        Run sound = run.orThrow();
        bench.ask(sound.question(), answer -> ran(ask.request(), sound, answer));
    }

    private Parsed<Run> run(Ask ask, Bytes arguments) {
        if (bench.isStopped() || outbox.isFull() || bench.asked() >= Seat.QUESTION_COUNT_MAX) {
            return Parsed.refused(Fault.OVERLOADED, "too much is under way here");
        }
        Optional<Alliance> alliance = bench.notary().alliance();
        if (alliance.isEmpty()) {
            return Parsed.refused(Fault.NOT_YET, "the log is not followed yet");
        }
        Verdict verdict =
                new RequestCheck(alliance.get(), bench.verifier())
                        .admission(ask, Moment.now(bench.now()));
        if (verdict instanceof Verdict.Rejected why) {
            return new Parsed.Refused<>(why);
        }
        return Run.of(alliance.get(), ask.request(), arguments)
                .then(run ->
                        run.contract().hosts().contains(bench.self().node())
                                        && bench.belongs(alliance.get().charter().record())
                                ? Parsed.of(run)
                                : Parsed.refused(Fault.NOT_A_HOST, bench.self().node().toString()))
                .then(breaks::seen);
    }

    private void ran(Request request, Run run, Answer answer) {
        Digest digest = Request.FORMAT.digest(request);
        switch (run.executed(answer, bench.notary().book())) {
            case Parsed.Refused<Executed>(Verdict.Rejected why) -> end(digest, why);
            case Parsed.Value<Executed>(Executed executed) -> {
                var values = new java.util.ArrayList<>(executed.values());
                if (!executed.result().isEmpty()) {
                    values.add(executed.result());
                }
                bench.ask(
                        new Question.Upload(values),
                        uploaded -> uploaded(request, executed, uploaded));
            }
        }
    }

    private void uploaded(Request request, Executed executed, Answer answer) {
        Digest digest = Request.FORMAT.digest(request);
        switch (answer) {
            case Answer.Away(String why) ->
                    end(digest, Verdict.rejected(Fault.OVERLOADED, "the payloads: " + why));
            case Answer.Refused(Verdict.Rejected why) -> end(digest, why);
            case Answer _ -> {
                running.remove(digest);
                Proposal proposal = executed.proposal(digest, bench.self().node());
                Decision.Proposed decision =
                        new Decision.Proposed(
                                proposal, request.notAfter(), executed.reads(), executed.writes());
                outbox.decide(decision);
                outbox.then(() -> say(decision));
            }
        }
    }

    private void say(Decision.Proposed proposed) {
        Proposal proposal = proposed.proposal();
        bench.say(
                new ToRelay.Proposed(
                        bench.alliance(),
                        proposal,
                        bench.self().signer().sign(Proposal.FORMAT.digest(proposal)),
                        proposed.reads(),
                        proposed.writes()));
    }

    private void end(Digest request, Verdict.Rejected why) {
        running.remove(request);
        decline(request, why);
    }

    private void decline(Digest request, Verdict.Rejected why) {
        bench.decline(ToRelay.Stage.PROPOSE, request, why);
    }
}
