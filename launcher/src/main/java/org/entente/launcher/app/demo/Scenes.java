package org.entente.launcher.app.demo;

import org.entente.chain.Action;
import org.entente.client.Asking;
import org.entente.client.ExchangeStatus;
import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Problem;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.log.Settlement;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// What happens in the demo: twenty exchanges, among them every way in which one can go wrong.
final class Scenes {
    private static final int CONTENTIONS_MAX = 5;

    private final Town town;
    private final Tally tally;
    private final Consumer<String> progress;

    /// Of the chains that are industrial.
    private final SortedMap<Market, Press> presses;

    private int number;

    /// Which of them is the order that comes again.
    private int ordered;

    Scenes(Town town, SortedMap<Market, Press> presses, Tally tally, Consumer<String> progress) {
        this.town = town;
        this.presses = Sorted.copyOf(presses);
        this.tally = tally;
        this.progress = progress;
    }

    /// What one exchange carries: it stands where it leaves from.
    ///
    /// @param value as it must arrive
    private record Parcel(Market from, String key, String to, String value) {}

    /// How one ended, and after which time.
    private record Brought(Outcome outcome, Duration took) {}

    /// Both ways, one after the other: from an industrial chain what it says of readings.
    void plain(int count) throws Failure, IOException {
        for (int index = 0; index < count; index++) {
            Market from = index % 2 == 0 ? Market.ORDERS : Market.CUSTOMS;
            Optional<Press> press = Optional.ofNullable(presses.get(from));
            Parcel parcel = press.isPresent() ? measured(from, press.get()) : parcel(from);
            arrived(parcel, bring(parcel, _ -> {}));
        }
    }

    private Parcel measured(Market from, Press press) throws Failure, IOException {
        Press.Batch batch = press.measure();
        number++;
        return new Parcel(from, batch.key(), from.other().received() + number, batch.summary());
    }

    /// Two at once want to write one key. Whoever is ordered second read what is no longer the
    /// newest, is rejected, and comes through with its next attempt.
    void contended() throws Failure, IOException, InterruptedException {
        for (int round = 0; round < CONTENTIONS_MAX; round++) {
            Parcel first = parcel(Market.ORDERS);
            Parcel next = parcel(Market.ORDERS);
            Parcel second = new Parcel(next.from, next.key, first.to, next.value);
            FutureTask<Brought> beside = new FutureTask<>(() -> bring(second, _ -> {}));
            Thread.ofVirtual().name("contender").start(beside);
            Brought mine = bring(first, _ -> {});
            Brought other = await(beside);
            applied(first, mine);
            applied(second, other);
            if (tally.count(Fault.STALE_READ.name()) > 0) {
                progress.accept("a stale read was rejected and came through with attempt 2");
                rejectedReceipt(List.of(mine.outcome(), other.outcome()));
                return;
            }
        }
        tally.surprise("of two exchanges at once on one key neither read a stale version");
    }

    /// A request for a key that the contract does not name.
    void outside() throws Failure {
        Parcel parcel = parcel(Market.CUSTOMS);
        tally.exchange();
        Outcome outcome =
                town.ask(
                        parcel.from,
                        town.copy(parcel.from, parcel.key, "elsewhere/" + number),
                        tally::heard);
        boolean refused =
                problem(outcome)
                        .filter(each -> each.code().equals(Fault.RESOURCE_OUTSIDE.name()))
                        .isPresent();
        tally.expect(refused, "a key outside the contract ended as " + outcome.ending());
        progress.accept("a key outside the contract was refused: RESOURCE_OUTSIDE");
    }

    private static Optional<Problem> problem(Outcome outcome) {
        return switch (outcome.ending()) {
            case Outcome.Failed(Problem problem) -> Optional.of(problem);
            case Outcome.Invalid(Problem problem, var _, var _) -> Optional.of(problem);
            case Outcome.Settled settled -> settled.problem();
            case Outcome.Sealed _, Outcome.Open _ -> Optional.empty();
        };
    }

    /// The destination's owner has closed the keys; the inbox refuses, the refusal is settled, and
    /// after the keys are opened the next attempt comes through.
    void refused() throws Failure, IOException {
        Parcel parcel = parcel(Market.ORDERS);
        Market to = parcel.from.other();
        Bytes prefix = Bytes.utf8(parcel.to);
        town.send(to, new Action.Close(town.inbox(to), prefix));
        AtomicBoolean opened = new AtomicBoolean();
        Brought brought =
                bring(
                        parcel,
                        status -> {
                            if (isRefusal(status) && !opened.getAndSet(true)) {
                                open(to, prefix);
                            }
                        });
        tally.expect(opened.get(), "the inbox did not refuse what its owner had closed");
        arrived(parcel, brought);
        progress.accept("an inbox's refusal was settled, and the next attempt applied");
    }

    private static boolean isRefusal(ExchangeStatus status) {
        return status.outcome().equals(Optional.of(ExchangeStatus.Outcome.REFUSED));
    }

    private void open(Market to, Bytes prefix) {
        try {
            town.send(to, new Action.Open(town.inbox(to), prefix));
        } catch (Failure e) {
            tally.surprise("the inbox cannot be opened: " + e.message());
        }
    }

    /// An order whose outcome others look at.
    Outcome order() throws Failure, IOException {
        Parcel parcel = parcel(Market.ORDERS);
        ordered = number;
        Brought brought = bring(parcel, _ -> {});
        arrived(parcel, brought);
        return brought.outcome();
    }

    /// That order once more, with a new value: who looks at an old copy sees the one before.
    void again() throws Failure, IOException {
        Parcel again =
                parcel(Market.ORDERS, ordered, "{\"number\": " + ordered + ", \"again\": true}");
        arrived(again, bring(again, _ -> {}));
    }

    private Parcel parcel(Market from) throws Failure {
        number++;
        return parcel(
                from,
                number,
                "{\"number\": %d, \"activity\": \"%s\"}".formatted(number, from.activity()));
    }

    private Parcel parcel(Market from, int number, String value) throws Failure {
        String key = from.offered() + number;
        town.put(from, key, value);
        return new Parcel(from, key, from.other().received() + number, value);
    }

    private Brought bring(Parcel parcel, Consumer<ExchangeStatus> listener) throws Failure {
        Asking asking = town.copy(parcel.from, parcel.key, parcel.to);
        tally.exchange();
        long begun = System.nanoTime();
        Outcome outcome =
                town.ask(
                        parcel.from,
                        asking,
                        status -> {
                            tally.heard(status);
                            listener.accept(status);
                        });
        return new Brought(outcome, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void arrived(Parcel parcel, Brought brought) throws Failure, IOException {
        applied(parcel, brought);
        Optional<String> found = town.delivered(parcel.from.other(), parcel.to);
        tally.expect(
                found.equals(Optional.of(parcel.value)),
                parcel.to + " holds " + found + " where " + parcel.value + " was sent");
        Press store = presses.get(parcel.from.other());
        if (store != null) {
            String document = store.document(town.inbox(parcel.from.other()), parcel.to);
            tally.expect(
                    document.equals(parcel.value),
                    "the store has " + document + " where " + parcel.value + " was sent");
        }
    }

    private void applied(Parcel parcel, Brought brought) throws Failure, IOException {
        Outcome outcome = brought.outcome();
        if (outcome.ending() instanceof Outcome.Settled settled
                && settled.end() == Settlement.End.APPLIED) {
            tally.applied(parcel.from, brought.took());
            town.receipt(
                    parcel.from,
                    outcome.exchange(),
                    Optional.empty(),
                    "serial-" + settled.serial());
            progress.accept(parcel.key + " → " + parcel.to + ": APPLIED as " + settled.serial());
        } else {
            tally.surprise(parcel.key + " → " + parcel.to + " ended as " + outcome);
        }
    }

    /// Of the attempt that was entered as INVALID.
    private void rejectedReceipt(List<Outcome> outcomes) throws Failure, IOException {
        for (Outcome outcome : outcomes) {
            if (outcome.attempts().size() > 1) {
                int attempt = outcome.attempts().getFirst().number();
                town.receipt(
                        Market.ORDERS,
                        outcome.exchange(),
                        Optional.of(attempt),
                        "rejected-" + outcome.exchange().hex().substring(0, 8));
                return;
            }
        }
    }

    private static Brought await(FutureTask<Brought> task)
            throws Failure, InterruptedException, IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        }
    }
}
