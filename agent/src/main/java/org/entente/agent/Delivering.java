package org.entente.agent;

import org.entente.endorsement.ExchangeBook;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.delivery.CancelNotice;
import org.entente.protocol.link.Frames;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Settlement;
import org.entente.registry.Inbox;
import org.entente.registry.contract.Flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Brings entries to inbox contracts: fetches what the relay holds ready, checks it by the log that
/// this agent followed, and hands it to the [Courier] of its chain. Each chain has its own, so that
/// one chain's trouble delays only what goes there (protocol.md §6.5).
final class Delivering {
    private static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Bench bench;
    private final Breaks breaks;
    private final TreeMap<ChainId, Courier> couriers = new TreeMap<>();
    private final TreeSet<Long> fetching = new TreeSet<>();
    private SortedMap<ChainId, Inbox> inboxes = Sorted.empty();

    Delivering(Bench bench, Outbox outbox, Breaks breaks) {
        this.bench = bench;
        this.breaks = breaks;
        for (ChainId chain : bench.self().chains()) {
            couriers.put(chain, new Courier(bench, outbox, this, chain));
        }
    }

    /// What was stored before a crash is sent before anything else is prepared.
    void recover() {
        couriers.values().forEach(Courier::recover);
    }

    void listed(SortedMap<ChainId, Inbox> now) {
        inboxes = now;
    }

    /// As the registry has it.
    Optional<Inbox> listed(ChainId chain) {
        return Optional.ofNullable(inboxes.get(chain));
    }

    /// It is not wanted any more: what was not sent yet is not sent.
    void cancelled(long serial) {
        bench.notary()
                .book()
                .open(serial)
                .map(open -> open.flow().destination())
                .ifPresent(to -> {
                    Courier courier = couriers.get(to.chain());
                    if (courier != null) {
                        courier.drop(new Errand(Errand.Kind.DELIVERY, to.inbox(), serial));
                    }
                });
    }

    void bring(long serial) {
        if (!bench.isStopped() && fetching.add(serial)) {
            begin(serial, bench.now().plus(FOLLOWED_WITHIN));
        }
    }

    private void begin(long serial, Instant until) {
        if (serial >= bench.notary().size()) {
            if (bench.now().isBefore(until)) {
                bench.later(LOOK_AGAIN, () -> begin(serial, until));
            } else {
                end(
                        serial,
                        Verdict.rejected(
                                Fault.NOT_YET, "the log is followed to " + bench.notary().size()));
            }
            return;
        }
        Optional<ExchangeBook.Open> open = bench.notary().book().open(serial);
        if (open.isPresent()) {
            Flow.Destination to = open.get().flow().destination();
            delivery(serial, to.chain(), to.inbox());
        } else {
            cancellation(serial);
        }
    }

    /// What the log has settled and its chain has lost: the inbox contract decides again, and knows
    /// it if it was there all the time.
    void bringAgain(Settlement lost, long serial) {
        boolean ours = lost.alliance().equals(bench.alliance()) && serial < bench.notary().size();
        if (bench.isStopped() || !ours || !fetching.add(serial)) {
            return;
        }
        if (lost.end() == Settlement.End.CANCELLED) {
            cancellationAgain(lost, serial);
        } else {
            delivery(serial, lost.chain(), lost.inbox());
        }
    }

    private void cancellationAgain(Settlement lost, long serial) {
        Errand errand = new Errand(Errand.Kind.CANCELLATION, lost.inbox(), serial);
        Optional<Courier> courier = courier(serial, lost.chain(), errand);
        courier.ifPresent(to ->
                bench.ask(
                        new Question.Document(Question.Document.Kind.CANCELLATION, serial),
                        answer ->
                                fetched(
                                        serial,
                                        to,
                                        errand,
                                        document(answer)
                                                .then(bytes ->
                                                        opener().cancelled(serial, lost, bytes)))));
    }

    /// Who carries the errand; empty: nobody does, or somebody does already.
    private Optional<Courier> courier(long serial, ChainId chain, Errand errand) {
        Courier courier = couriers.get(chain);
        if (courier == null) {
            end(serial, unfollowed(chain));
            return Optional.empty();
        }
        if (breaks.check(chain) instanceof Verdict.Rejected why) {
            end(serial, why);
            return Optional.empty();
        }
        if (courier.has(errand)) {
            fetching.remove(serial);
            courier.reminded(errand);
            return Optional.empty();
        }
        return Optional.of(courier);
    }

    private void delivery(long serial, ChainId chain, String inbox) {
        Errand errand = new Errand(Errand.Kind.DELIVERY, inbox, serial);
        courier(serial, chain, errand).ifPresent(courier -> fetch(serial, chain, errand, courier));
    }

    private void fetch(long serial, ChainId chain, Errand errand, Courier courier) {
        bench.ask(
                new Question.Document(Question.Document.Kind.DELIVERY, serial),
                answer ->
                        fetched(
                                serial,
                                courier,
                                errand,
                                document(answer)
                                        .then(bytes ->
                                                opener().delivery(
                                                                serial,
                                                                chain,
                                                                errand.inbox(),
                                                                bytes))));
    }

    private void cancellation(long serial) {
        bench.ask(
                new Question.Document(Question.Document.Kind.CANCELLATION, serial),
                answer -> {
                    Parsed<Bytes> bytes = document(answer);
                    Optional<Courier> courier = destination(bytes);
                    Parsed<Parcel> parcel = bytes.then(it -> opener().cancellation(serial, it));
                    if (courier.isEmpty() && parcel instanceof Parsed.Value<Parcel>) {
                        end(
                                serial,
                                Verdict.rejected(
                                        Fault.CHAIN_UNREACHABLE, "its chain is not followed here"));
                    } else if (parcel instanceof Parsed.Refused<Parcel>(var why)) {
                        end(serial, why);
                    } else {
                        fetched(
                                serial,
                                courier.orElseThrow(),
                                new Errand(
                                        Errand.Kind.CANCELLATION,
                                        parcel.orThrow().call().inbox(),
                                        serial),
                                parcel);
                    }
                });
    }

    private Optional<Courier> destination(Parsed<Bytes> document) {
        return document.then(CancelNotice.FORMAT::decode)
                        instanceof Parsed.Value<CancelNotice>(CancelNotice notice)
                ? bench.notary()
                        .book()
                        .open(notice.cancellation().serial())
                        .flatMap(open ->
                                Optional.ofNullable(
                                        couriers.get(open.flow().destination().chain())))
                : Optional.empty();
    }

    private void fetched(long serial, Courier courier, Errand errand, Parsed<Parcel> parcel) {
        switch (parcel) {
            case Parsed.Refused<Parcel>(Verdict.Rejected why) -> end(serial, why);
            case Parsed.Value<Parcel>(Parcel sound) -> {
                fetching.remove(serial);
                courier.take(errand, sound);
            }
        }
    }

    Parcel.Opener opener() {
        return new Parcel.Opener(
                bench.notary().alliance().orElseThrow(), bench.notary().book(), bench.verifier());
    }

    static Parsed<Bytes> document(Answer answer) {
        return switch (answer) {
            case Answer.Document(Bytes bytes) -> Parsed.of(bytes);
            case Answer.Refused(Verdict.Rejected why) -> new Parsed.Refused<>(why);
            case Answer.Away(String why) -> Parsed.refused(Fault.NOT_YET, "the relay: " + why);
            case Answer other -> throw new IllegalStateException("no document: " + other);
        };
    }

    private static Verdict.Rejected unfollowed(ChainId chain) {
        return Verdict.rejected(Fault.CHAIN_UNREACHABLE, chain + " is not followed here");
    }

    private void end(long serial, Verdict.Rejected why) {
        fetching.remove(serial);
        brought(serial, why);
    }

    void brought(long serial) {
        bench.say(new ToRelay.Brought(bench.alliance(), serial, 0, ""));
    }

    void brought(long serial, Verdict.Rejected why) {
        bench.say(
                new ToRelay.Brought(
                        bench.alliance(),
                        serial,
                        why.fault().number(),
                        Frames.detail(why.detail())));
    }
}
