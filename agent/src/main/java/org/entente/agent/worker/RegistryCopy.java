package org.entente.agent.worker;

import org.entente.certs.Verifier;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.CheckedLog;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Frame;
import org.entente.registry.ChangeEntry;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;

import java.util.List;

/// What the relay's registry holds, folded here from its log: what a change does not prove by its
/// signatures is not taken, whatever the relay says, and a log that was once seen may only grow.
final class RegistryCopy {
    private static final String LOG = "registry";

    private final RelayClient relay;
    private final Verifier verifier;

    /// Its root is the one that the relay named.
    private Copy confirmed = new Copy(Registry.EMPTY, CheckedLog.EMPTY);

    /// May be ahead: a download that was interrupted goes on from here.
    private Copy read = confirmed;

    RegistryCopy(RelayClient relay, Verifier verifier) {
        this.relay = relay;
        this.verifier = verifier;
    }

    private record Copy(Registry registry, CheckedLog log) {
        long size() {
            return log.size();
        }
    }

    /// As of now.
    Registry follow() throws RelayUnreachable, LogUntrue, InterruptedException {
        RelayClient.Head head = relay.head(LOG);
        if (head.size() < read.size()) {
            require(read.log.check(head.size(), head.root()));
        }
        while (read.size() < head.size()) {
            List<Frame> frames = frames();
            if (frames.isEmpty()) {
                throw new LogUntrue("names " + head.size() + " entries and gives " + read.size());
            }
            for (Frame frame : frames) {
                if (read.size() < head.size()) {
                    read = with(frame);
                }
            }
        }
        if (read.log.check(head.size(), head.root()) instanceof Verdict.Rejected why) {
            read = confirmed;
            throw new LogUntrue(why.detail());
        }
        confirmed = read;
        return confirmed.registry;
    }

    private List<Frame> frames() throws RelayUnreachable, LogUntrue, InterruptedException {
        return switch (Frame.all(relay.records(LOG, read.size()), Frame.End.WHOLE)) {
            case Parsed.Value<List<Frame>>(List<Frame> frames) -> frames;
            case Parsed.Refused<List<Frame>>(var why) -> throw unfit(why);
        };
    }

    private Copy with(Frame frame) throws LogUntrue {
        Parsed<ChangeEntry> placed =
                Entry.FORMAT
                        .decode(frame.entry())
                        .then(entry ->
                                SignedChange.parse(frame.change(), frame.approvals())
                                        .map(change ->
                                                new ChangeEntry(
                                                        read.size(), entry.time(), change)));
        if (placed instanceof Parsed.Refused<ChangeEntry>(var why)) {
            throw unfit(why);
        }
        ChangeEntry next = placed.orThrow();
        Parsed<CheckedLog> log = read.log.next(frame.entry(), next.entry());
        require(log.verdict());
        if (read.registry.check(next.change(), next.time(), verifier)
                instanceof Verdict.Rejected why) {
            throw unfit(why);
        }
        return new Copy(read.registry.apply(next), log.orThrow());
    }

    private static void require(Verdict verdict) throws LogUntrue {
        if (verdict instanceof Verdict.Rejected why) {
            throw new LogUntrue(why.detail());
        }
    }

    private LogUntrue unfit(Verdict.Rejected why) {
        return new LogUntrue("does not hold at entry " + read.size() + ": " + why);
    }
}
