package org.entente.relay;

import org.entente.endorsement.Candidate;
import org.entente.endorsement.Content;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.exchange.Attestation;
import org.entente.protocol.exchange.AttestedChain;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Settlement;
import org.entente.registry.contract.FlowName;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which chains the newest VALID exchanges of the log read and were delivered to.
final class Touches {
    /// How many exchanges back a replaced block is followed up.
    static final int COUNT_MAX = 4_096;

    private final TreeMap<Long, Touch> bySerial = new TreeMap<>();
    private final TreeMap<Long, Ended> ended = new TreeMap<>();
    private final TreeMap<Long, Long> cancels = new TreeMap<>();

    /// One VALID exchange.
    ///
    /// @param reads chains of whose own keys it read, with the highest head at which that was
    ///   attested; empty: nobody attested it
    record Touch(
            long serial, Digest exchange, FlowName flow, SortedMap<ChainId, OptionalLong> reads) {}

    /// How it ended.
    ///
    /// @param entry the serial of the SETTLED entry
    /// @param brings the serial whose entry is brought for that
    record Ended(Settlement settlement, long entry, long brings) {}

    void take(Entry entry, Content content) {
        switch (content) {
            case Content.Exchanged(Candidate candidate) when entry.fault() == 0 ->
                    add(
                            new Touch(
                                    entry.serial(),
                                    candidate.exchange(),
                                    candidate.flow(),
                                    reads(candidate)));
            case Content.Cancelled(var cancellation, var _) -> {
                if (bySerial.containsKey(cancellation.serial())) {
                    cancels.put(cancellation.serial(), entry.serial());
                }
            }
            case Content.Settled(Settlement settlement, var _) -> settled(entry, settlement);
            case Content.Exchanged _, Content.Changed _ -> {}
        }
    }

    private void settled(Entry entry, Settlement settlement) {
        long serial = settlement.serial();
        if (bySerial.containsKey(serial)) {
            boolean cancelled = settlement.end() == Settlement.End.CANCELLED;
            long brings = cancelled ? cancels.getOrDefault(serial, serial) : serial;
            ended.put(serial, new Ended(settlement, entry.serial(), brings));
        }
    }

    private void add(Touch touch) {
        bySerial.put(touch.serial, touch);
        if (bySerial.size() > COUNT_MAX) {
            long oldest = bySerial.pollFirstEntry().getKey();
            ended.remove(oldest);
            cancels.remove(oldest);
        }
    }

    private static SortedMap<ChainId, OptionalLong> reads(Candidate candidate) {
        TreeMap<ChainId, OptionalLong> reads = new TreeMap<>();
        for (Read read : candidate.evidence().readSet().reads()) {
            if (read.place().isOwn()) {
                reads.put(read.place().chain(), OptionalLong.empty());
            }
        }
        for (Attestation attestation : candidate.evidence().attestations()) {
            for (AttestedChain chain : attestation.chains()) {
                reads.computeIfPresent(
                        chain.chain(),
                        (_, before) ->
                                OptionalLong.of(Math.max(before.orElse(0), chain.finalHeight())));
            }
        }
        return reads;
    }

    Optional<Touch> at(long serial) {
        return Optional.ofNullable(bySerial.get(serial));
    }

    /// The oldest first.
    List<Touch> all() {
        return List.copyOf(bySerial.values());
    }

    Optional<Ended> ended(long serial) {
        return Optional.ofNullable(ended.get(serial));
    }

    SortedMap<Long, Ended> ended() {
        return Collections.unmodifiableSortedMap(ended);
    }
}
