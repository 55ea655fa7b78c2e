package org.entente.agent;

import org.entente.endorsement.Panel;
import org.entente.protocol.Fault;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.merkle.Frontier;
import org.entente.registry.EpochRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Seals the log at the sizes that the relay asks for and at every end of an epoch. Never two roots
/// for one size; the same seal may be signed again, and a smaller size of the log that was sealed
/// (protocol.md §9.1, §9.2).
final class Sealing {
    private static final int MARK_COUNT_MAX = 4_096;
    private static final int WANTED_COUNT_MAX = 1_024;

    /// A majority's newest seal is journaled that often; a restart may know an older one.
    private static final Duration CERTIFIED_EVERY = Duration.ofSeconds(1);

    private final Bench bench;
    private final Outbox outbox;

    /// The newest sizes that the log had here.
    private final TreeMap<Long, Mark> marks = new TreeMap<>();

    private final TreeSet<Long> wanted = new TreeSet<>();
    private Optional<Sealed> newest;
    private Optional<Sealed> unproven = Optional.empty();
    private Instant noted = Instant.EPOCH;

    private record Mark(Frontier frontier, Instant time) {}

    Sealing(Bench bench, Outbox outbox) {
        this.bench = bench;
        this.outbox = outbox;
        this.newest = bench.memory().certified();
    }

    /// The newest seal of a majority that is known.
    Optional<Sealed> newest() {
        return newest;
    }

    /// Whether the log with one more entry is still the one that was sealed.
    Verdict extend(Frontier next) {
        Frontier sealed = bench.memory().sealing().frontier();
        if (next.size() == sealed.size() && !next.equals(sealed)) {
            return Verdict.rejected(
                    Fault.BAD_PROOF,
                    "sealed here with the root " + sealed.root() + ", shown with " + next.root());
        }
        Optional<Seal> certified = newest.map(Sealed::seal);
        return certified.isPresent()
                        && certified.get().size() == next.size()
                        && !certified.get().root().equals(next.root())
                ? Verdict.rejected(
                        Fault.BAD_PROOF,
                        "a majority sealed the root "
                                + certified.get().root()
                                + ", shown is "
                                + next.root())
                : Verdict.accepted();
    }

    /// The relay asks for a seal at a size.
    void wanted(long size) {
        Mark mark = marks.get(size);
        if (mark != null) {
            seal(mark);
        } else if (size > bench.notary().size()) {
            wanted.add(size);
            if (wanted.size() > WANTED_COUNT_MAX) {
                wanted.pollFirst();
            }
        }
    }

    /// The log has a next size here.
    void reached(Frontier frontier, Instant time, boolean epochEnds) {
        Mark mark = new Mark(frontier, time);
        marks.put(frontier.size(), mark);
        if (marks.size() > MARK_COUNT_MAX) {
            marks.pollFirstEntry();
        }
        boolean asked = wanted.remove(frontier.size());
        wanted.headSet(frontier.size()).clear();
        if (asked || epochEnds) {
            seal(mark);
        }
        if (unproven.isPresent() && unproven.get().seal().size() <= frontier.size()) {
            Sealed sealed = unproven.get();
            unproven = Optional.empty();
            certified(sealed);
        }
    }

    private void seal(Mark mark) {
        long size = mark.frontier.size();
        Frontier last = bench.memory().sealing().frontier();
        EpochRecord record = bench.notary().alliance().orElseThrow().epochAt(size - 1);
        if (!bench.belongs(record) || !isOfSealedLog(mark.frontier, last)) {
            return;
        }
        if (size > last.size()) {
            outbox.decide(new Decision.Sealing(mark.frontier, record.epoch(), mark.time));
        }
        Seal seal =
                new Seal(bench.alliance(), record.epoch(), size, mark.frontier.root(), mark.time);
        outbox.then(() -> say(seal));
    }

    /// Whether no other root can have been sealed for its size. A smaller size than the last is of
    /// the sealed log once that is followed as far: the end of an epoch is asked for until a
    /// majority has sealed it, however far some of them have gone on.
    private boolean isOfSealedLog(Frontier frontier, Frontier last) {
        return frontier.size() == last.size()
                ? frontier.equals(last)
                : frontier.size() > last.size() || bench.notary().size() >= last.size();
    }

    private void say(Seal seal) {
        Signature signature = bench.self().signer().sign(Seal.FORMAT.digest(seal));
        bench.say(new ToRelay.Sealing(seal, signature));
    }

    /// The relay shows a seal of a majority.
    void certified(Sealed sealed) {
        Seal seal = sealed.seal();
        if (!seal.alliance().equals(bench.alliance())
                || newest.filter(it -> it.seal().size() >= seal.size()).isPresent()) {
            return;
        }
        if (seal.size() > bench.notary().size()) {
            unproven = Optional.of(sealed);
            return;
        }
        EpochRecord record = bench.notary().alliance().orElseThrow().epochAt(seal.size() - 1);
        Verdict verdict =
                seal.epoch() == record.epoch()
                        ? Panel.sealers(record)
                                .signed(
                                        Seal.FORMAT.digest(seal),
                                        sealed.signatures(),
                                        bench.verifier())
                        : Verdict.rejected(Fault.UNBOUND, "a seal of epoch " + seal.epoch());
        if (verdict instanceof Verdict.Rejected why) {
            bench.tell(Effect.Tell.Weight.WARNING, "no majority's seal: " + why);
            return;
        }
        hold(sealed);
    }

    private void hold(Sealed sealed) {
        Seal seal = sealed.seal();
        Mark mark = marks.get(seal.size());
        if (mark != null && !mark.frontier.root().equals(seal.root())) {
            bench.stop(
                    Verdict.rejected(
                            Fault.BAD_PROOF,
                            "the relay shows two logs: a majority sealed "
                                    + seal
                                    + ", shown here is "
                                    + mark.frontier.root()));
            return;
        }
        if (seal.size() > bench.memory().sealing().frontier().size() && isSignedHere(sealed)) {
            bench.stop(
                    Verdict.rejected(
                            Fault.OUTDATED,
                            "the journal is older than what this agent sealed: "
                                    + seal.size()
                                    + " entries. Recover with a new key"));
            return;
        }
        newest = Optional.of(sealed);
        if (!bench.now().isBefore(noted.plus(CERTIFIED_EVERY))) {
            noted = bench.now();
            outbox.decide(new Decision.Certified(sealed));
        }
    }

    /// Its signatures were verified, so that by its own name it is by its own key.
    private boolean isSignedHere(Sealed sealed) {
        return sealed.signatures().stream()
                .map(NodeSignature::node)
                .anyMatch(bench.self().node()::equals);
    }
}
