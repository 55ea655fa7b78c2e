package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// No two VALID entries consume the same version of a key that the alliance writes, unless the
/// earlier was withdrawn: refused or cancelled.
final class NoVersionIsConsumedTwice implements Invariant {
    private final List<EntryRecord> log = new ArrayList<>();
    private final TreeMap<String, Long> consumed = new TreeMap<>();
    private final TreeSet<Long> withdrawn = new TreeSet<>();

    @Override
    public void restarted(long size) {
        if (log.size() > size) {
            List<EntryRecord> left = List.copyOf(log.subList(0, Math.toIntExact(size)));
            log.clear();
            consumed.clear();
            withdrawn.clear();
            left.forEach(this::appended);
        }
    }

    @Override
    public void appended(EntryRecord record) {
        restarted(record.entry().serial());
        log.add(record);
        if (record.entry().kind() == EntryKind.SETTLED) {
            Settlement settlement = Settlement.FORMAT.decode(record.content()).orThrow();
            if (settlement.end() != Settlement.End.APPLIED) {
                withdrawn.add(settlement.serial());
            }
        } else if (record.entry().kind() == EntryKind.EXCHANGE
                && record.entry().outcome() == Outcome.VALID) {
            Evidence evidence = Evidence.FORMAT.decode(record.evidence()).orThrow();
            for (Write write : evidence.writeSet().writes()) {
                consume(record.entry().serial(), write.place(), version(evidence, write.place()));
            }
        }
    }

    private Version version(Evidence evidence, Place place) {
        return evidence.readSet().reads().stream()
                .filter(read -> read.place().equals(place))
                .map(Read::version)
                .findFirst()
                .orElseThrow(() -> violated(place + " is written and not read"));
    }

    private void consume(long serial, Place place, Version version) {
        Long before = consumed.put(place + " at " + version, serial);
        if (before != null && !withdrawn.contains(before)) {
            throw violated(
                    "%s at %s is consumed by %d and %d".formatted(place, version, before, serial));
        }
    }
}
