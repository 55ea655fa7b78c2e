package org.entente.agent;

import org.entente.endorsement.ExchangeBook;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Settlement;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/// Observes: asks an inbox contract how an exchange ended until it is final there, then vouches for
/// it; never for two ends of one serial.
final class Observing {
    private static final int COUNT_MAX = 8_192;
    private static final Duration PAUSE_FIRST = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    private final Bench bench;
    private final Outbox outbox;
    private final Breaks breaks;

    /// The serials that are watched, with the pause before the next look.
    private final TreeMap<Long, Duration> watched = new TreeMap<>();

    Observing(Bench bench, Outbox outbox, Breaks breaks) {
        this.bench = bench;
        this.outbox = outbox;
        this.breaks = breaks;
    }

    void observe(long serial) {
        Optional<Settlement> before = bench.memory().observed(serial);
        if (before.isPresent() && serial < bench.notary().size()) {
            vouch(before.get());
        } else if (!watched.containsKey(serial) && watched.size() < COUNT_MAX) {
            watched.put(serial, PAUSE_FIRST);
            look(serial);
        }
    }

    private void look(long serial) {
        Optional<ExchangeBook.Open> open = bench.notary().book().open(serial);
        if (bench.isStopped() || (open.isEmpty() && serial < bench.notary().size())) {
            watched.remove(serial);
            return;
        }
        if (open.isEmpty() || bench.asked() >= Seat.QUESTION_COUNT_MAX) {
            again(serial);
            return;
        }
        ChainId chain = open.get().flow().destination().chain();
        if (!bench.self().chains().contains(chain)) {
            watched.remove(serial);
            return;
        }
        if (breaks.isBroken(chain)) {
            again(serial);
            return;
        }
        bench.ask(
                new Question.OutcomeAt(chain, open.get().flow().destination().inbox(), serial),
                answer -> saw(serial, chain, answer));
    }

    private void again(long serial) {
        Duration pause = watched.getOrDefault(serial, PAUSE_MAX);
        Duration longer = pause.multipliedBy(2);
        watched.put(serial, longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer);
        bench.later(pause, () -> look(serial));
    }

    private void saw(long serial, ChainId chain, Answer answer) {
        if (answer instanceof Answer.OutcomeAt(var seen)) {
            switch (Run.known(seen, chain)) {
                case Parsed.Refused<Optional<Settlement>> _ -> again(serial);
                case Parsed.Value<Optional<Settlement>>(Optional<Settlement> outcome) ->
                        outcome.ifPresentOrElse(this::saw, () -> again(serial));
            }
        } else {
            again(serial);
        }
    }

    private void saw(Settlement settlement) {
        long serial = settlement.serial();
        watched.remove(serial);
        if (!settlement.alliance().equals(bench.alliance())) {
            bench.tell(
                    Effect.Tell.Weight.ERROR,
                    settlement.inbox() + " has an outcome of " + settlement.alliance());
            return;
        }
        Optional<Settlement> before = bench.memory().observed(serial);
        if (before.isEmpty()) {
            outbox.decide(new Decision.Observed(settlement));
            vouch(settlement);
        } else if (before.get().equals(settlement)) {
            vouch(settlement);
        } else {
            bench.tell(
                    Effect.Tell.Weight.ERROR,
                    Fault.FINALITY_BROKEN + ": " + before.get() + " was final, now " + settlement);
        }
    }

    private void vouch(Settlement settlement) {
        outbox.vouch(
                Outbox.Kind.OBSERVE,
                Settlement.FORMAT.digest(settlement),
                vouch -> new ToRelay.Observed(settlement, vouch));
    }
}
