package org.entente.relay;

import org.entente.endorsement.ExchangeBook;
import org.entente.endorsement.Panel;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Settlement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every VALID, sealed, unsettled exchange on its way to its inbox contract (protocol.md §6,
/// DELIVERING).
///
/// Each chain has its own deliveries under way, so one chain's trouble delays only its own. On each
/// key the next is brought when the one before is there: a backlog is worked off in its order, and
/// nothing is sent that the inbox would only answer with NOT_YET.
final class Outbox {
    /// How soon it is looked again whether a chain's final blocks stand.
    private static final Duration BROKEN_EVERY = Duration.ofSeconds(1);

    private final Means means;
    private final Endings endings;
    private final TreeMap<Long, Parcel> parcels = new TreeMap<>();
    private final TreeMap<Long, Parcel> byCancellation = new TreeMap<>();

    private final TreeMap<ChainId, Lane> lanes = new TreeMap<>();

    private final KeyOrder order = new KeyOrder();

    private final TreeSet<Long> parkedSerials = new TreeSet<>();

    /// What goes to one chain. Those to be brought wait apart from the others, so that a thousand
    /// of them for which there is no room are not looked at each time.
    private static final class Lane {
        private final TreeSet<Due> toBring = new TreeSet<>();
        private final TreeSet<Due> others = new TreeSet<>();

        /// What nobody has answered yet.
        private final TreeSet<Long> underWay = new TreeSet<>();

        private SortedSet<Due> of(Parcel.Stage stage) {
            return stage == Parcel.Stage.TO_BRING ? toBring : others;
        }
    }

    /// @param at when it is due
    private record Due(Instant at, long serial) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(serial, other.serial);
        }
    }

    Outbox(Means means, Endings endings) {
        this.means = means;
        this.endings = endings;
    }

    int size() {
        return parcels.size();
    }

    List<ParkedDelivery> parked() {
        TreeMap<Long, ParkedDelivery> parked = new TreeMap<>();
        for (Parcel parcel : parcels.values()) {
            Optional<Long> first =
                    order.before(parcel).stream().filter(parked::containsKey).findFirst();
            if (parkedSerials.contains(parcel.serial())) {
                parked.put(parcel.serial(), parked(parcel, parcel.parked().orElse("")));
            } else if (first.isPresent() && isHeld(parcel)) {
                parked.put(parcel.serial(), parked(parcel, "it builds on serial " + first.get()));
            }
        }
        return List.copyOf(parked.values());
    }

    private ParkedDelivery parked(Parcel parcel, String why) {
        return new ParkedDelivery(
                parcel.serial(),
                means.notary().book().open(parcel.serial()).orElseThrow().exchange(),
                parcel.name(),
                chain(parcel),
                why);
    }

    /// Takes in what has become due for delivery.
    void sealed(long size, Instant now) {
        for (ExchangeBook.Open open : means.notary().book().open().headMap(size).values()) {
            if (!parcels.containsKey(open.serial())) {
                Parcel parcel = new Parcel(open, now);
                parcels.put(open.serial(), parcel);
                order.add(parcel);
                schedule(parcel);
            }
        }
        endings.cancellations(size)
                .forEach((cancellation, serial) -> {
                    Parcel parcel = parcels.get(serial);
                    if (parcel != null) {
                        unschedule(parcel);
                        byCancellation.put(cancellation, parcel);
                        parcel.cancelled(cancellation, now);
                        schedule(parcel);
                    }
                });
    }

    void tick(Instant now) {
        for (Lane lane : List.copyOf(lanes.values())) {
            for (Due due : List.copyOf(lane.others.headSet(last(now), true))) {
                work(due.serial, now);
            }
            while (lane.underWay.size() < means.rules().bringingMaxEach()
                    && !lane.toBring.isEmpty()
                    && !lane.toBring.first().at.isAfter(now)) {
                work(lane.toBring.first().serial, now);
            }
        }
    }

    private static Due last(Instant now) {
        return new Due(now, Long.MAX_VALUE);
    }

    private void work(long serial, Instant now) {
        Parcel parcel = parcels.get(serial);
        if (parcel == null) {
            throw new IllegalStateException("serial " + serial + " is due and not on its way");
        }
        unschedule(parcel);
        next(parcel, now);
        schedule(parcel);
    }

    private void next(Parcel parcel, Instant now) {
        switch (parcel.stage()) {
            case TO_BRING -> bring(parcel, now);
            case ASKED -> {
                parcel.deliverer()
                        .ifPresent(node ->
                                means.conduct()
                                        .silent(
                                                node,
                                                "did not say what bringing serial "
                                                        + parcel.brings()
                                                        + " came to"));
                observe(parcel);
                failed(parcel, "nobody answered what bringing it came to", now);
            }
            case BROUGHT -> {
                if (parcel.watched() >= means.rules().tries()) {
                    // Included once and perhaps not there any more: it is made again, which the
                    // inbox answers with what it recorded (protocol.md §6.8).
                    parcel.again(now);
                } else {
                    observe(parcel);
                    parcel.observed(now.plus(means.rules().observing()));
                }
            }
        }
    }

    private void bring(Parcel parcel, Instant now) {
        if (means.breaks().check(parcel.name(), chain(parcel)) instanceof Verdict.Rejected why) {
            park(parcel, why.toString(), now);
            parcel.waits(now.plus(BROKEN_EVERY));
            return;
        }
        Optional<NodeId> deliverer = deliverer(parcel);
        if (deliverer.isEmpty()) {
            failed(parcel, "no deliverer is connected", now);
            return;
        }
        parcel.asks(deliverer.get(), now.plus(means.rules().bringing()));
        lane(parcel).underWay.add(parcel.serial());
        means.tracks().delivering(parcel.serial());
        means.send(deliverer.get(), new ToAgent.Bring(means.id(), parcel.brings()));
    }

    /// The first that can be asked, after each turn that came to nothing the next of them: one that
    /// does not follow the log, or says what is not so, holds nothing up.
    private Optional<NodeId> deliverer(Parcel parcel) {
        List<NodeId> able =
                deliverers(parcel).stream().filter(means.conduct()::isAvailable).toList();
        return able.isEmpty()
                ? Optional.empty()
                : Optional.of(able.get(parcel.turns() % able.size()));
    }

    private List<NodeId> deliverers(Parcel parcel) {
        return means.deliverers(parcel.name(), chain(parcel));
    }

    private void failed(Parcel parcel, String why, Instant now) {
        done(parcel);
        if (parcel.failed() + 1 >= means.rules().tries()) {
            park(parcel, why, now);
            parcel.failed(now.plus(means.rules().parked()));
        } else {
            parcel.failed(now.plus(means.rules().pause(parcel.failed())));
        }
    }

    private void park(Parcel parcel, String why, Instant now) {
        parcel.parked(why);
        if (parkedSerials.add(parcel.serial())) {
            means.tracks()
                    .open(parcel.serial())
                    .ifPresent(
                            track -> means.tracks().tell("parked", track, Optional.empty(), now));
        }
    }

    private void done(Parcel parcel) {
        lane(parcel).underWay.remove(parcel.serial());
    }

    void brought(NodeId from, ToRelay.Brought brought, Instant now) {
        Parcel direct = parcels.get(brought.serial());
        Parcel parcel = direct == null ? byCancellation.get(brought.serial()) : direct;
        // Who was asked last may come to its end after it gave up: a chain that was away is back.
        boolean late =
                parcel != null && parcel.stage() == Parcel.Stage.TO_BRING && brought.fault() == 0;
        if (parcel == null
                || !(late || parcel.stage() == Parcel.Stage.ASKED)
                || parcel.brings() != brought.serial()
                || !parcel.deliverer().equals(Optional.of(from))) {
            return;
        }
        unschedule(parcel);
        if (brought.fault() == 0) {
            done(parcel);
            if (parkedSerials.remove(parcel.serial())) {
                wake(lane(parcel), now);
            }
            parcel.brought(now.plus(means.rules().observing()));
            release(parcel);
            observe(parcel);
        } else if (brought.fault() == Fault.NOT_YET.number()) {
            done(parcel);
            parcel.notYet(now.plus(means.rules().pauseMin()));
        } else {
            String why =
                    from
                            + " answered "
                            + Fault.numbered(brought.fault())
                                    .map(Fault::name)
                                    .orElse("fault " + brought.fault())
                            + ": "
                            + brought.detail();
            if (brought.fault() == Fault.WEIGHT_TOO_LOW.number()) {
                // Endorsed by keys that were struck since: waiting would not bring them back.
                endings.evident(parcel.serial(), now);
            }
            failed(parcel, why, now);
        }
        schedule(parcel);
    }

    private void observe(Parcel parcel) {
        means.notary()
                .book()
                .open(parcel.serial())
                .ifPresent(open ->
                        means.send(
                                means.notary().observers(open).weights().keySet(),
                                new ToAgent.Observe(means.id(), parcel.serial())));
    }

    void observed(NodeId from, ToRelay.Observed observed, Instant now) {
        Settlement settlement = observed.settlement();
        Parcel parcel = parcels.get(settlement.serial());
        Optional<ExchangeBook.Open> open = means.notary().book().open(settlement.serial());
        if (parcel == null || open.isEmpty() || !settlement.alliance().equals(means.id())) {
            return;
        }
        Panel panel = means.notary().observers(open.get());
        Digest digest = Settlement.FORMAT.digest(settlement);
        Verdict verdict =
                observed.vouch().agent().equals(from)
                        ? panel.holds(BatchRoot.OBSERVE, digest, observed.vouch(), means.verifier())
                        : Verdict.rejected(Fault.UNBOUND, "it vouches for another agent");
        if (verdict instanceof Verdict.Rejected why) {
            means.conduct().faulty(from, "observed with what does not hold: " + why);
            return;
        }
        if (parcel.isContradicted(digest, from)) {
            means.conduct().disagrees(from, "observed two endings of " + settlement.serial());
        }
        var vouches = parcel.vouched(digest, settlement, observed.vouch());
        if (panel.isPassedBy(vouches.keySet().stream().mapToLong(panel::weight).sum())
                && endings.settle(settlement, List.copyOf(vouches.values()), now)) {
            remove(parcel);
        }
    }

    private void remove(Parcel parcel) {
        unschedule(parcel);
        done(parcel);
        parcels.remove(parcel.serial());
        release(parcel);
        order.remove(parcel);
        parkedSerials.remove(parcel.serial());
        byCancellation.remove(parcel.brings());
    }

    /// Whether there is such a delivery; it is tried at once then.
    boolean retry(long serial, Instant now) {
        Parcel parcel = parcels.get(serial);
        if (parcel == null) {
            return false;
        }
        if (parcel.stage() == Parcel.Stage.TO_BRING) {
            unschedule(parcel);
            parcel.again(now);
            schedule(parcel);
        }
        return true;
    }

    /// Who has come back may be who is missing.
    void joined(NodeId agent, Instant now) {
        SortedSet<Long> waiting = new TreeSet<>();
        parcels.values().stream()
                .filter(parcel ->
                        parcel.stage() == Parcel.Stage.BROUGHT
                                || (parcel.stage() == Parcel.Stage.TO_BRING
                                        && deliverers(parcel).contains(agent)))
                .forEach(parcel -> waiting.add(parcel.serial()));
        for (long serial : waiting) {
            Parcel parcel = parcels.get(serial);
            if (parcel != null) {
                unschedule(parcel);
                if (parcel.stage() == Parcel.Stage.BROUGHT) {
                    parcel.observed(now);
                } else {
                    parcel.waits(now);
                }
                schedule(parcel);
            }
        }
    }

    /// Vouches name the epoch: under the next one they are asked for again.
    void epochChanged(Instant now) {
        for (Parcel parcel : parcels.values()) {
            parcel.forgetVouches();
            if (parcel.stage() == Parcel.Stage.BROUGHT) {
                unschedule(parcel);
                parcel.observed(now);
                schedule(parcel);
            }
        }
    }

    private void schedule(Parcel parcel) {
        if (!isHeld(parcel)) {
            lane(parcel).of(parcel.stage()).add(new Due(parcel.due(), parcel.serial()));
        }
    }

    /// Whether it waits for one before it. A cancellation builds on nothing.
    private boolean isHeld(Parcel parcel) {
        return parcel.stage() == Parcel.Stage.TO_BRING
                && parcel.brings() == parcel.serial()
                && order.before(parcel).stream()
                        .map(parcels::get)
                        .anyMatch(it -> it != null && it.stage() != Parcel.Stage.BROUGHT);
    }

    /// It is there: what waited for it may follow.
    private void release(Parcel parcel) {
        for (long serial : order.behind(parcel)) {
            Parcel next = parcels.get(serial);
            if (next != null) {
                unschedule(next);
                schedule(next);
            }
        }
    }

    /// The chain is back: what was parked need not wait for its time.
    private void wake(Lane lane, Instant now) {
        for (Due due : List.copyOf(lane.toBring)) {
            if (parkedSerials.contains(due.serial)) {
                Parcel parcel = parcels.get(due.serial);
                if (parcel != null) {
                    unschedule(parcel);
                    parcel.waits(now);
                    schedule(parcel);
                }
            }
        }
    }

    private void unschedule(Parcel parcel) {
        lane(parcel).of(parcel.stage()).remove(new Due(parcel.due(), parcel.serial()));
    }

    private Lane lane(Parcel parcel) {
        return lanes.computeIfAbsent(chain(parcel), _ -> new Lane());
    }

    private static ChainId chain(Parcel parcel) {
        return parcel.flow().destination().chain();
    }
}
