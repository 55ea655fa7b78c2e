package org.entente.agent;

import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.link.Break;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Settlement;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Final blocks that were replaced (protocol.md §6.8): whatever a chain answers is looked at, and
/// its head now and then. From then on nothing is signed that depends on the chain, and the relay
/// is told, after each hello again.
///
/// | a chain | until |
/// |---|---|
/// | followed | an answer says that a final block is another one |
/// | broken | its head, asked for since, is followed again: the organisation accepted it, or it is as it was |
/// | mended | a final block is replaced once more |
final class Breaks {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final Bench bench;
    private final Outbox outbox;

    /// Noticed, while it is not known yet how far the log is.
    private final TreeMap<ChainId, Seen.FinalityBroken<?>> noticed = new TreeMap<>();

    Breaks(Bench bench, Outbox outbox) {
        this.bench = bench;
        this.outbox = outbox;
    }

    /// Looks at every chain, and again for ever.
    void look() {
        for (ChainId chain : bench.self().chains()) {
            if (bench.asked() < Seat.QUESTION_COUNT_MAX) {
                Optional<Break> before = standing(chain);
                bench.ask(new Question.Head(chain), answer -> head(chain, before, answer));
            }
        }
        bench.later(LOOK_EVERY, this::look);
    }

    /// @param before what stood when the chain was asked: an answer from before the break mends
    ///   nothing
    private void head(ChainId chain, Optional<Break> before, Answer answer) {
        if (answer instanceof Answer.Head(Seen.Known<Point> _)
                && before.isPresent()
                && before.equals(standing(chain))) {
            say(before.get().in(Break.State.MENDED));
            bench.tell(Effect.Tell.Weight.CHANGE, "goes on with " + chain);
        }
    }

    /// Notices what any answer says.
    void answered(Question question, Answer answer) {
        if (question.chainAsked().isPresent()
                && answer.said().isPresent()
                && answer.said().get() instanceof Seen.FinalityBroken<?> how) {
            ChainId chain = question.chainAsked().get();
            if (standing(chain).isEmpty() && noticed.putIfAbsent(chain, how) == null) {
                bench.tell(Effect.Tell.Weight.ERROR, words(chain, how));
            }
            followed();
        }
    }

    private static String words(ChainId chain, Seen.FinalityBroken<?> how) {
        return Fault.FINALITY_BROKEN
                + ": "
                + chain
                + ": "
                + how.followed()
                + " was final, there is "
                + how.found()
                + "; nothing is signed that depends on it";
    }

    /// The log was followed: what was noticed can be said, with how far it was.
    void followed() {
        long size = bench.notary().size();
        if (bench.isStopped() || size < Math.max(1, bench.memory().sealing().frontier().size())) {
            return;
        }
        noticed.forEach((chain, how) -> {
            Optional<Break> earlier = Optional.ofNullable(bench.memory().breaks().get(chain));
            long since = earlier.map(it -> Math.min(it.since(), how.since())).orElseGet(how::since);
            say(
                    new Break(
                            bench.alliance(),
                            chain,
                            block(how.followed()),
                            block(how.found()),
                            since,
                            size,
                            Break.State.STANDS));
        });
        noticed.clear();
    }

    private static Break.Block block(Point point) {
        return new Break.Block(point.height(), point.hash());
    }

    private void say(Break said) {
        outbox.decide(new Decision.Broke(said));
        outbox.then(() -> send(said));
    }

    private void send(Break said) {
        bench.say(new ToRelay.Broken(said, bench.self().signer().sign(Break.FORMAT.digest(said))));
    }

    /// The relay may have forgotten what it was told.
    void linked() {
        List.copyOf(bench.memory().breaks().values())
                .forEach(said -> outbox.then(() -> send(said)));
    }

    private Optional<Break> standing(ChainId chain) {
        return Optional.ofNullable(bench.memory().breaks().get(chain))
                .filter(said -> said.state() == Break.State.STANDS);
    }

    boolean isBroken(ChainId chain) {
        return noticed.containsKey(chain) || standing(chain).isPresent();
    }

    Verdict check(ChainId chain) {
        return isBroken(chain)
                ? Verdict.rejected(
                        Fault.FINALITY_BROKEN,
                        chain + " has another block where one was final for this agent")
                : Verdict.accepted();
    }

    /// A run whose source chain this agent sees itself, between chains that are as they were.
    Parsed<Run> seen(Run run) {
        if (!bench.self().chains().contains(run.source())) {
            return Parsed.refused(Fault.CHAIN_UNREACHABLE, run.source() + " is not followed here");
        }
        return check(run.source()).and(() -> check(run.flow().destination().chain()))
                        instanceof Verdict.Rejected why
                ? new Parsed.Refused<>(why)
                : Parsed.of(run);
    }

    /// Says what an inbox contract has of what is settled. Nothing is vouched for: the log's word
    /// stays what it is.
    void look(Settlement settlement) {
        boolean answers =
                !bench.isStopped()
                        && bench.asked() < Seat.QUESTION_COUNT_MAX
                        && settlement.alliance().equals(bench.alliance())
                        && bench.self().chains().contains(settlement.chain())
                        && !isBroken(settlement.chain());
        if (answers) {
            bench.ask(
                    new Question.OutcomeAt(
                            settlement.chain(), settlement.inbox(), settlement.serial()),
                    answer -> looked(settlement, answer));
        }
    }

    private void looked(Settlement settlement, Answer answer) {
        if (answer instanceof Answer.OutcomeAt(Seen.Known<Optional<Settlement>>(var outcome))) {
            ToRelay.Found found =
                    outcome.map(it ->
                                    it.equals(settlement)
                                            ? ToRelay.Found.SAME
                                            : ToRelay.Found.ANOTHER)
                            .orElse(ToRelay.Found.NOTHING);
            bench.say(new ToRelay.Looked(bench.alliance(), settlement.serial(), found));
        }
    }
}
