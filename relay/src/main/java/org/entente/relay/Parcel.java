package org.entente.relay;

import org.entente.endorsement.ExchangeBook;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.log.Settlement;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// One VALID, sealed exchange that its inbox contract has not ended yet.
final class Parcel {
    /// What is to be done with it next.
    enum Stage {
        /// Somebody has to bring it, or its cancellation.
        TO_BRING,
        /// Somebody was asked to and has not answered.
        ASKED,
        /// A chain has included it; observers watch.
        BROUGHT
    }

    private final long serial;
    private final FlowName name;
    private final Flow flow;
    private final List<Place> writes;
    private final TreeMap<Digest, Settlement> settlements = new TreeMap<>();
    private final TreeMap<Digest, TreeMap<NodeId, Vouch>> vouches = new TreeMap<>();
    private Stage stage = Stage.TO_BRING;
    private OptionalLong cancellation = OptionalLong.empty();
    private Optional<NodeId> deliverer = Optional.empty();
    private int failed;
    private int turns;
    private int watched;
    private Optional<String> parked = Optional.empty();

    /// When the next thing is to be done with it.
    private Instant due;

    Parcel(ExchangeBook.Open open, Instant due) {
        this.serial = open.serial();
        this.name = open.name();
        this.flow = open.flow();
        this.writes = open.writes();
        this.due = due;
    }

    long serial() {
        return serial;
    }

    FlowName name() {
        return name;
    }

    Flow flow() {
        return flow;
    }

    /// The keys of its inbox contract.
    List<Place> writes() {
        return writes;
    }

    Stage stage() {
        return stage;
    }

    Instant due() {
        return due;
    }

    int failed() {
        return failed;
    }

    /// How often somebody's turn to bring it came to nothing, for whatever reason.
    int turns() {
        return turns;
    }

    /// How often observers were told of it since it was brought.
    int watched() {
        return watched;
    }

    Optional<String> parked() {
        return parked;
    }

    Optional<NodeId> deliverer() {
        return deliverer;
    }

    /// What a deliverer brings: the exchange, or its cancellation once that is sealed.
    long brings() {
        return cancellation.orElse(serial);
    }

    void cancelled(long by, Instant now) {
        if (cancellation.isEmpty()) {
            cancellation = OptionalLong.of(by);
            again(now);
        }
    }

    void asks(NodeId node, Instant until) {
        deliverer = Optional.of(node);
        stage = Stage.ASKED;
        due = until;
    }

    void failed(Instant next) {
        failed++;
        turns++;
        stage = Stage.TO_BRING;
        due = next;
    }

    /// Whoever was asked could not yet, be it for the chain's sake or its own.
    void notYet(Instant next) {
        turns++;
        waits(next);
    }

    void waits(Instant next) {
        stage = Stage.TO_BRING;
        due = next;
    }

    void parked(String why) {
        parked = Optional.of(why);
    }

    void brought(Instant next) {
        stage = Stage.BROUGHT;
        parked = Optional.empty();
        failed = 0;
        watched = 0;
        due = next;
    }

    void observed(Instant next) {
        watched++;
        due = next;
    }

    /// From the beginning, with all tries.
    void again(Instant now) {
        failed = 0;
        turns++;
        stage = Stage.TO_BRING;
        due = now;
    }

    SortedMap<NodeId, Vouch> vouched(Digest digest, Settlement settlement, Vouch vouch) {
        settlements.put(digest, settlement);
        TreeMap<NodeId, Vouch> all = vouches.computeIfAbsent(digest, _ -> new TreeMap<>());
        all.put(vouch.agent(), vouch);
        return all;
    }

    /// Whether an observer vouched for another ending.
    boolean isContradicted(Digest digest, NodeId observer) {
        return vouches.entrySet().stream()
                .anyMatch(each ->
                        !each.getKey().equals(digest) && each.getValue().containsKey(observer));
    }

    void forgetVouches() {
        vouches.clear();
        settlements.clear();
    }
}
