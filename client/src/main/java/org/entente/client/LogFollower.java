package org.entente.client;

import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.protocol.merkle.Frontier;
import org.entente.protocol.merkle.TreeHash;
import org.entente.registry.ChangeEntry;
import org.entente.registry.SignedChange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Downloads a log and believes nothing that the relay merely says: every entry must be what its
/// place and its change make it, their tree must have the root that the relay names, and what the
/// fold takes must prove itself by its signatures.
public final class LogFollower {
    /// Where the checked changes go; refuses what does not hold.
    @FunctionalInterface
    public interface Fold {
        Verdict take(ChangeEntry entry);
    }

    /// Hears how far the download is.
    @FunctionalInterface
    public interface Listener {
        void at(long done, long total);
    }

    private final RelayClient relay;
    private final String log;
    private final Fold fold;
    private Frontier frontier = Frontier.EMPTY;
    private Instant last = Instant.EPOCH;

    public LogFollower(RelayClient relay, String log, Fold fold) {
        this.relay = relay;
        this.log = log;
        this.fold = fold;
    }

    /// How far the checked copy is.
    public Frontier frontier() {
        return frontier;
    }

    /// Brings the copy to the head that the relay names now.
    public RelayClient.LogHead follow(Listener listener) throws Refused, Unreachable {
        RelayClient.LogHead head = relay.head(log);
        if (head.size() < frontier.size()) {
            throw lie("has shrunk from " + frontier.size() + " to " + head.size() + " entries");
        }
        while (frontier.size() < head.size()) {
            List<Frame> frames = relay.records(log, frontier.size());
            if (frames.isEmpty()) {
                throw lie("names " + head.size() + " entries and gives " + frontier.size());
            }
            for (Frame frame : frames) {
                if (frontier.size() < head.size()) {
                    take(frame);
                    listener.at(frontier.size(), head.size());
                }
            }
        }
        if (!frontier.root().equals(head.root())) {
            throw lie("has the root " + frontier.root() + ", the relay says " + head.root());
        }
        return head;
    }

    private void take(Frame frame) throws Refused {
        SignedChange change = Refused.unless(SignedChange.parse(frame.change(), frame.approvals()));
        Entry entry = Refused.unless(Entry.FORMAT.decode(frame.entry()));
        ChangeEntry placed = new ChangeEntry(frontier.size(), entry.time(), change);
        if (!entry.equals(placed.entry())) {
            throw lie("has an entry " + frontier.size() + " that does not fit its change");
        }
        if (entry.time().isBefore(last)) {
            throw lie("goes back in time at " + frontier.size());
        }
        if (fold.take(placed) instanceof Verdict.Rejected why) {
            throw new Refused(
                    why.fault(),
                    "the entry " + frontier.size() + " of the log " + log + ": " + why.detail());
        }
        frontier = frontier.append(leaf(frame));
        last = entry.time();
    }

    private static Digest leaf(Frame frame) {
        return TreeHash.leaf(frame.entry());
    }

    private Refused lie(String what) {
        return new Refused(
                new Problem(
                        Fault.BAD_PROOF.name(),
                        Fault.BAD_PROOF.httpStatus(),
                        "the log " + log + " " + what,
                        "Do not rely on this relay: keep this output and ask its operator and the"
                                + " other members what they see.",
                        false,
                        Optional.empty()));
    }
}
