package org.entente.relay;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who is there, and how each agent behaved since the start (protocol.md §6.3).
final class Conduct {
    private final TreeMap<NodeId, Seen> records = new TreeMap<>();
    private final TreeSet<NodeId> connected = new TreeSet<>();
    private final TreeSet<NodeId> suspended = new TreeSet<>();
    private final Effects effects;

    private static final class Seen {
        private long sealed;
        private long silences;
        private long faulty;
        private long disagreements;
        private long equivocations;
        private String last = "";
    }

    Conduct(Effects effects) {
        this.effects = effects;
    }

    void joined(NodeId agent) {
        connected.add(agent);
    }

    void left(NodeId agent) {
        connected.remove(agent);
    }

    /// Whether it is worth asking for a proposal, an endorsement, a delivery.
    boolean isAvailable(NodeId agent) {
        return connected.contains(agent) && !suspended.contains(agent);
    }

    boolean isSuspended(NodeId agent) {
        return suspended.contains(agent);
    }

    void suspend(Collection<NodeId> agents) {
        suspended.addAll(agents);
    }

    void sealed(NodeId agent, long size) {
        Seen seen = of(agent);
        seen.sealed = Math.max(seen.sealed, size);
    }

    long sealed(NodeId agent) {
        Seen seen = records.get(agent);
        return seen == null ? 0 : seen.sealed;
    }

    void silent(NodeId agent, String words) {
        Seen seen = of(agent);
        seen.silences++;
        seen.last = words;
    }

    void faulty(NodeId agent, String words) {
        Seen seen = of(agent);
        seen.faulty++;
        seen.last = words;
        effects.add(new Effect.Warn(agent, words));
    }

    /// Something a person should see and that is no fault of the agent's.
    void warn(NodeId agent, String words) {
        of(agent).last = words;
        effects.add(new Effect.Warn(agent, words));
    }

    void disagrees(NodeId agent, String words) {
        Seen seen = of(agent);
        seen.disagreements++;
        seen.last = words;
    }

    /// It is not asked any more; what it signed is kept.
    void equivocates(NodeId agent, Digest about, Bytes first, Bytes second) {
        Seen seen = of(agent);
        seen.equivocations++;
        seen.last = "signed two things about " + about;
        suspended.add(agent);
        effects.add(new Effect.Convict(agent, about, first, second));
    }

    List<AgentConduct> of(Collection<NodeId> agents) {
        return agents.stream().map(this::shown).toList();
    }

    private AgentConduct shown(NodeId agent) {
        Seen seen = of(agent);
        return new AgentConduct(
                agent,
                connected.contains(agent),
                suspended.contains(agent),
                seen.sealed,
                seen.silences,
                seen.faulty,
                seen.disagreements,
                seen.equivocations,
                seen.last);
    }

    private Seen of(NodeId agent) {
        return records.computeIfAbsent(agent, _ -> new Seen());
    }
}
