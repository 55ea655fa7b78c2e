package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Digest;
import org.entente.protocol.log.Entry;
import org.entente.protocol.merkle.MerkleTree;
import org.entente.protocol.merkle.TreeHash;

import java.util.ArrayList;
import java.util.List;

/// An alliance's log on the relay's disk, with its tree: what was forced stays, of the rest a crash
/// leaves a beginning or nothing.
final class LogDisk {
    private final List<EntryRecord> records = new ArrayList<>();
    private final List<List<Digest>> levels = new ArrayList<>();
    private int forced;

    void append(EntryRecord record) {
        if (record.entry().serial() != records.size()) {
            throw new IllegalStateException(
                    record.entry() + " appended to " + records.size() + " entries");
        }
        records.add(record);
        add(0, TreeHash.leaf(Entry.FORMAT.encode(record.entry())));
    }

    private void add(int level, Digest hash) {
        if (levels.size() == level) {
            levels.add(new ArrayList<>());
        }
        List<Digest> row = levels.get(level);
        row.add(hash);
        if (row.size() % 2 == 0) {
            add(level + 1, TreeHash.node(row.get(row.size() - 2), hash));
        }
    }

    int size() {
        return records.size();
    }

    int forced() {
        return forced;
    }

    void force(int size) {
        forced = Math.max(forced, size);
    }

    EntryRecord record(long serial) {
        return records.get(Math.toIntExact(serial));
    }

    /// What was forced, from a serial on.
    List<EntryRecord> from(long serial, int countMax) {
        int first = Math.toIntExact(Math.min(serial, forced));
        return List.copyOf(records.subList(first, Math.min(forced, first + countMax)));
    }

    MerkleTree tree(long size) {
        return new MerkleTree(
                (level, index) -> levels.get(level).get(Math.toIntExact(index)), size);
    }

    /// A crash: some of what was not forced may be there all the same.
    ///
    /// @param kept how many of the records that were not forced
    void crash(int kept) {
        List<EntryRecord> left = List.copyOf(records.subList(0, forced + kept));
        records.clear();
        levels.clear();
        left.forEach(this::append);
        forced = records.size();
    }
}
