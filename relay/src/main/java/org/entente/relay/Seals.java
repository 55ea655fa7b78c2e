package org.entente.relay;

import org.entente.endorsement.Panel;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.registry.Agent;
import org.entente.registry.EpochRecord;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Has the log sealed by a majority, step by step (protocol.md §2.5, §9.1).
///
/// A size that ends with an epoch record's entry is sealed before any larger one is announced.
/// Otherwise one size is announced at a time, and the newest after a second at the latest.
final class Seals {
    /// More are not waited for at a time; the oldest is given up.
    private static final int ANNOUNCED_COUNT_MAX = 8;

    private final Means means;
    private final Sequencer sequencer;
    private final TreeMap<Long, Announced> announced = new TreeMap<>();

    /// What ends an epoch is kept for ever.
    private final TreeMap<Long, Sealed> ends = new TreeMap<>();

    private Optional<Sealed> newest = Optional.empty();
    private Instant said = Instant.EPOCH;

    private static final class Announced {
        private final Seal seal;
        private final EpochRecord record;
        private final Panel panel;
        private final TreeMap<NodeId, NodeSignature> signatures = new TreeMap<>();

        private Announced(Seal seal, EpochRecord record) {
            this.seal = seal;
            this.record = record;
            this.panel = Panel.sealers(record);
        }
    }

    Seals(Means means, Sequencer sequencer) {
        this.means = means;
        this.sequencer = sequencer;
    }

    /// How much of the log is sealed.
    long size() {
        return newest.map(sealed -> sealed.seal().size()).orElse(0L);
    }

    Optional<Sealed> newest() {
        return newest;
    }

    SortedMap<Long, Sealed> ends() {
        return ends;
    }

    /// Takes up the seals that were kept; why that cannot be, if it cannot.
    Optional<String> kept(List<Sealed> kept) {
        for (Sealed sealed : kept) {
            Optional<String> why = contradiction(sealed, "is kept");
            if (why.isPresent()) {
                return why;
            }
            if (sequencer.boundaries().contains(sealed.seal().size())) {
                ends.put(sealed.seal().size(), sealed);
            }
            if (sealed.seal().size() > size()) {
                newest = Optional.of(sealed);
            }
        }
        sequencer.sealed(size());
        return Optional.empty();
    }

    /// What is wrong with this log when a majority sealed that.
    private Optional<String> contradiction(Sealed sealed, String where) {
        Seal seal = sealed.seal();
        long size = means.notary().size();
        if (seal.size() > size) {
            return Optional.of(
                    "the log of "
                            + means.id()
                            + " has "
                            + size
                            + " entries, but a seal of a majority over "
                            + seal.size()
                            + " "
                            + where
                            + ": its newest entries are lost. Restore logs/ from a newer backup;"
                            + " nothing was changed");
        }
        Digest root = means.surroundings().root(seal.size());
        return root.equals(seal.root())
                ? Optional.empty()
                : Optional.of(
                        "the log of "
                                + means.id()
                                + " has the root "
                                + root
                                + " for "
                                + seal.size()
                                + " entries, but a seal of a majority over "
                                + seal.root()
                                + " "
                                + where
                                + ": it is another log. Restore logs/ from the right backup;"
                                + " nothing was changed");
    }

    /// An agent has come, with a seal that it says a majority made.
    void joined(NodeId agent, List<Sealed> theirs, Instant now) {
        for (Sealed sealed : theirs) {
            if (isByMajority(agent, sealed)) {
                Optional<String> why = contradiction(sealed, "is held by " + agent);
                if (why.isPresent()) {
                    means.effects().add(new Effect.Stop(why.get()));
                    return;
                }
                if (sealed.seal().size() > size()) {
                    certified(sealed, now);
                }
            }
        }
        newest.ifPresent(sealed -> means.send(agent, new ToAgent.Certified(sealed)));
        if (!announced.isEmpty()) {
            means.send(agent, new ToAgent.Grown(means.id(), announced.lastKey()));
        }
    }

    private boolean isByMajority(NodeId agent, Sealed sealed) {
        Seal seal = sealed.seal();
        Optional<EpochRecord> record =
                seal.size() < 1 || !seal.alliance().equals(means.id())
                        ? Optional.empty()
                        : means.alliance().epochs().values().stream()
                                .filter(each -> each.epoch() == seal.epoch())
                                .findFirst();
        boolean holds =
                record.isPresent()
                        && Panel.sealers(record.get())
                                .signed(
                                        Seal.FORMAT.digest(seal),
                                        sealed.signatures(),
                                        means.verifier())
                                .isAccepted();
        if (!holds) {
            means.conduct()
                    .faulty(
                            agent,
                            "showed a seal over "
                                    + seal.size()
                                    + " entries of epoch "
                                    + seal.epoch()
                                    + " that no majority known here made");
        }
        return holds;
    }

    void tick(Instant now) {
        announce(now);
        if (!announced.isEmpty() && isLate(now)) {
            said = now;
            Announced last = announced.lastEntry().getValue();
            ToAgent grown = new ToAgent.Grown(means.id(), last.seal.size());
            for (Agent agent : last.record.agents()) {
                if (!last.signatures.containsKey(agent.id())) {
                    means.send(agent.id(), grown);
                }
            }
        }
    }

    private boolean isLate(Instant now) {
        return !now.isBefore(said.plus(means.rules().sealing()));
    }

    /// Announces the next size, when there is one and its turn has come.
    void announce(Instant now) {
        long committed = sequencer.committed();
        Long end = sequencer.boundaries().higher(size());
        long next = end == null ? committed : Math.min(end, committed);
        boolean ready =
                announced.isEmpty() ? next > size() : next > announced.lastKey() && isLate(now);
        if (!ready) {
            return;
        }
        EpochRecord record = means.alliance().epochAt(next - 1);
        Seal seal =
                new Seal(
                        means.id(),
                        record.epoch(),
                        next,
                        means.surroundings().root(next),
                        sequencer.time(next - 1));
        announced.put(next, new Announced(seal, record));
        while (announced.size() > ANNOUNCED_COUNT_MAX) {
            announced.pollFirstEntry();
        }
        said = now;
        means.send(
                record.agents().stream().map(Agent::id).toList(),
                new ToAgent.Grown(means.id(), next));
    }

    void sealing(NodeId from, ToRelay.Sealing sealing, Instant now) {
        Announced asked = announced.get(sealing.seal().size());
        if (asked == null) {
            note(from, sealing.seal());
            return;
        }
        Optional<Agent> agent = asked.record.agent(from);
        if (agent.isEmpty() || !holds(agent.get().key(), sealing)) {
            means.conduct().faulty(from, "sent a seal that it did not sign");
            return;
        }
        if (!sealing.seal().equals(asked.seal)) {
            otherSeal(from, asked, sealing);
            return;
        }
        means.conduct().sealed(from, asked.seal.size());
        asked.signatures.put(from, new NodeSignature(from, sealing.signature()));
        long weight = asked.signatures.keySet().stream().mapToLong(asked.panel::weight).sum();
        if (asked.panel.isPassedBy(weight)) {
            certified(new Sealed(asked.seal, List.copyOf(asked.signatures.values())), now);
        }
    }

    /// A seal that comes after a majority had sealed: only how far the agent is.
    private void note(NodeId from, Seal seal) {
        if (seal.size() <= size() && seal.alliance().equals(means.id())) {
            means.conduct().sealed(from, seal.size());
        }
    }

    private boolean holds(VerifyingKey key, ToRelay.Sealing sealing) {
        return means.verifier()
                .verify(key, Seal.FORMAT.digest(sealing.seal()), sealing.signature());
    }

    /// Another root for the same size: either of the two logs is not the alliance's.
    private void otherSeal(NodeId from, Announced asked, ToRelay.Sealing sealing) {
        NodeSignature before = asked.signatures.get(from);
        Bytes second = ToRelay.FORMAT.encode(sealing);
        if (before == null) {
            means.conduct()
                    .faulty(from, "sealed " + sealing.seal() + " where this log has " + asked.seal);
        } else {
            means.conduct()
                    .equivocates(
                            from,
                            Seal.FORMAT.digest(asked.seal),
                            ToRelay.FORMAT.encode(
                                    new ToRelay.Sealing(asked.seal, before.signature())),
                            second);
        }
    }

    private void certified(Sealed sealed, Instant now) {
        long size = sealed.seal().size();
        boolean end = sequencer.boundaries().contains(size);
        newest = Optional.of(sealed);
        if (end) {
            ends.put(size, sealed);
        }
        means.effects()
                .add(new Effect.KeepSeal(sealed, end ? Effect.Keep.FOR_EVER : Effect.Keep.NEWEST));
        announced.headMap(size + 1).clear();
        sequencer.sealed(size);
        means.send(
                means.record().agents().stream().map(Agent::id).toList(),
                new ToAgent.Certified(sealed));
        announce(now);
    }
}
