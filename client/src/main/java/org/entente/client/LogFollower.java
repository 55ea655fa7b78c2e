package org.entente.client;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.CheckedLog;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Frame;
import org.entente.protocol.merkle.Frontier;

import java.util.List;
import java.util.Optional;

/// Downloads a log and believes nothing that the relay merely says: every entry must stand at its
/// place, their tree must have the root that the relay names, and what the fold takes must be what
/// the entry's digests stand for and prove itself by its signatures.
public final class LogFollower {
    /// Where the records go; refuses what does not hold.
    @FunctionalInterface
    public interface Fold {
        Verdict take(EntryRecord record);
    }

    /// Hears how far the download is.
    @FunctionalInterface
    public interface Listener {
        void at(long done, long total);
    }

    private final RelayClient relay;
    private final String log;
    private final Fold fold;
    private CheckedLog checked = CheckedLog.EMPTY;

    public LogFollower(RelayClient relay, String log, Fold fold) {
        this.relay = relay;
        this.log = log;
        this.fold = fold;
    }

    /// How far the checked copy is.
    public Frontier frontier() {
        return checked.frontier();
    }

    /// Brings the copy to the head that the relay names now.
    public RelayClient.LogHead follow(Listener listener) throws Refused, Unreachable {
        RelayClient.LogHead head = relay.head(log);
        require(checked.check(head.size(), head.root()));
        while (checked.size() < head.size()) {
            List<Frame> frames = relay.records(log, checked.size());
            if (frames.isEmpty()) {
                throw lie("names " + head.size() + " entries and gives " + checked.size());
            }
            for (Frame frame : frames) {
                if (checked.size() < head.size()) {
                    take(frame);
                    listener.at(checked.size(), head.size());
                }
            }
        }
        require(checked.check(head.size(), head.root()));
        return head;
    }

    private void take(Frame frame) throws Refused {
        Entry entry = Refused.unless(Entry.FORMAT.decode(frame.entry()));
        Parsed<CheckedLog> next = checked.next(frame.entry(), entry);
        require(next.verdict());
        EntryRecord record = new EntryRecord(entry, frame.change(), frame.approvals());
        if (fold.take(record) instanceof Verdict.Rejected why) {
            throw new Refused(
                    why.fault(),
                    "the entry " + checked.size() + " of the log " + log + ": " + why.detail());
        }
        checked = next.orThrow();
    }

    private void require(Verdict verdict) throws Refused {
        if (verdict instanceof Verdict.Rejected why) {
            throw lie(why.detail());
        }
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
