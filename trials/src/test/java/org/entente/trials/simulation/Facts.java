package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.EntryKind;
import org.entente.registry.Change;
import org.entente.registry.EpochRecord;
import org.entente.registry.SignedChange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What anybody who sees everything knows: the log, whose word was given for what, the epochs.
/// Collected from what happens, not from what the production code concludes.
final class Facts implements Invariant {
    private final World world;
    private final List<EntryRecord> log = new ArrayList<>();
    private final TreeMap<Long, EpochRecord> epochs = new TreeMap<>();
    private final TreeMap<Digest, TreeSet<NodeId>> endorsed = new TreeMap<>();
    private final TreeMap<Digest, TreeSet<NodeId>> sealed = new TreeMap<>();
    private long sealedSize;

    Facts(World world) {
        this.world = world;
    }

    World world() {
        return world;
    }

    @Override
    public void appended(EntryRecord record) {
        long serial = record.entry().serial();
        while (log.size() > serial) {
            log.removeLast();
        }
        epochs.tailMap(serial + 1).clear();
        log.add(record);
        if (record.entry().kind() == EntryKind.CHANGE
                && SignedChange.parse(record.content(), record.evidence()).orThrow().change()
                        instanceof Change.RecordProposed proposed) {
            epochs.put(serial + 1, EpochRecord.FORMAT.decode(proposed.record()).orThrow());
        }
    }

    @Override
    public void restarted(long size) {
        while (log.size() > size) {
            log.removeLast();
        }
        epochs.tailMap(size + 1).clear();
    }

    @Override
    public void said(NodeId agent, ToRelay message) {
        switch (message) {
            case ToRelay.Endorsed it ->
                    endorsed.computeIfAbsent(it.proposal(), _ -> new TreeSet<>()).add(agent);
            case ToRelay.Sealing it -> {
                TreeSet<NodeId> by = sealed.computeIfAbsent(it.seal().root(), _ -> new TreeSet<>());
                by.add(agent);
                if (isSealed(it.seal().root(), it.seal().size())) {
                    sealedSize = Math.max(sealedSize, it.seal().size());
                }
            }
            default -> {}
        }
    }

    Optional<EntryRecord> record(long serial) {
        return serial >= 0 && serial < log.size()
                ? Optional.of(log.get(Math.toIntExact(serial)))
                : Optional.empty();
    }

    long size() {
        return log.size();
    }

    /// How much of the log a majority has sealed.
    long sealedSize() {
        return sealedSize;
    }

    EpochRecord epochAt(long serial) {
        var entry = epochs.floorEntry(serial);
        return entry == null ? epochs.firstEntry().getValue() : entry.getValue();
    }

    /// Keys that any record up to a serial struck.
    SortedSet<VerifyingKey> struckAt(long serial) {
        TreeSet<VerifyingKey> struck = new TreeSet<>();
        epochs.headMap(serial, true).values().forEach(each -> struck.addAll(each.struck()));
        return struck;
    }

    boolean isSealed(Digest root, long size) {
        if (size < 1 || epochs.isEmpty()) {
            return false;
        }
        EpochRecord record = epochAt(size - 1);
        TreeSet<NodeId> by = sealed.getOrDefault(root, new TreeSet<>());
        long weight =
                record.agents().stream()
                        .filter(each -> by.contains(each.id()))
                        .mapToLong(org.entente.registry.Agent::weight)
                        .sum();
        return 2 * weight > record.totalWeight();
    }

    /// The weight of those who said that they endorse a sequence, without keys that were struck.
    long endorsement(Sequence sequence, Evidence evidence, long serial) {
        EpochRecord record = epochAt(serial);
        SortedSet<VerifyingKey> struck = struckAt(serial);
        Digest proposal = org.entente.protocol.exchange.Proposal.FORMAT.digest(sequence.proposal());
        TreeSet<NodeId> by = endorsed.getOrDefault(proposal, new TreeSet<>());
        TreeSet<NodeId> named = new TreeSet<>();
        evidence.endorsements().forEach(each -> named.add(each.agent()));
        return record.agents().stream()
                .filter(each -> by.contains(each.id()) && named.contains(each.id()))
                .filter(each -> !struck.contains(each.key()))
                .mapToLong(org.entente.registry.Agent::weight)
                .sum();
    }
}
