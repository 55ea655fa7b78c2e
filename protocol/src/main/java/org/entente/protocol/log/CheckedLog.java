package org.entente.protocol.log;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.merkle.Frontier;
import org.entente.protocol.merkle.TreeHash;

import java.time.Instant;

/// How far somebody's copy of a log was checked (protocol.md §8.1): each entry is what its place
/// and its content make it, times never go back, and the tree has the root that is named for its
/// size.
///
/// @param last the time of the last entry
public record CheckedLog(Frontier frontier, Instant last) {
    public static final CheckedLog EMPTY = new CheckedLog(Frontier.EMPTY, Instant.EPOCH);

    public long size() {
        return frontier.size();
    }

    /// With one more entry.
    ///
    /// @param entry the bytes that were received
    /// @param placed what the next place and the content make the entry be
    public Parsed<CheckedLog> next(Bytes entry, Entry placed) {
        if (placed.serial() != size() || !Entry.FORMAT.encode(placed).equals(entry)) {
            return Parsed.refused(
                    Fault.BAD_PROOF, "has an entry " + size() + " that does not fit its change");
        }
        if (placed.time().isBefore(last)) {
            return Parsed.refused(Fault.BAD_PROOF, "goes back in time at " + size());
        }
        return Parsed.of(new CheckedLog(frontier.append(TreeHash.leaf(entry)), placed.time()));
    }

    /// Whether the copy is a beginning of the log that is said to be there now.
    ///
    /// @param said the root for `size`
    public Verdict check(long size, Digest said) {
        if (size < size()) {
            return Verdict.rejected(
                    Fault.BAD_PROOF, "has shrunk from " + size() + " to " + size + " entries");
        }
        return size > size() || frontier.root().equals(said)
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_PROOF,
                        "has the root " + frontier.root() + ", the relay says " + said);
    }
}
