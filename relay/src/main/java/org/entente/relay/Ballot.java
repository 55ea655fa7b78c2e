package org.entente.relay;

import org.entente.endorsement.Candidate;
import org.entente.endorsement.Panel;
import org.entente.protocol.NodeId;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.link.ToRelay;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who vouches for one proposal and who does not.
final class Ballot {
    /// As the host sent it, so that it can convict.
    private final ToRelay.Proposed proposed;

    /// Without endorsements yet.
    private final Candidate candidate;

    private final TreeMap<NodeId, Vouch> vouches = new TreeMap<>();
    private final TreeSet<NodeId> declined = new TreeSet<>();

    Ballot(ToRelay.Proposed proposed, Candidate candidate) {
        this.proposed = proposed;
        this.candidate = candidate;
    }

    ToRelay.Proposed proposed() {
        return proposed;
    }

    Candidate candidate() {
        return candidate;
    }

    SortedMap<NodeId, Vouch> vouches() {
        return vouches;
    }

    void vouched(Vouch vouch) {
        vouches.put(vouch.agent(), vouch);
    }

    void declined(NodeId agent) {
        declined.add(agent);
    }

    boolean isAnsweredBy(NodeId agent) {
        return vouches.containsKey(agent) || declined.contains(agent);
    }

    long weight(Panel panel) {
        return vouches.keySet().stream().mapToLong(panel::weight).sum();
    }

    /// The most that it can still come to.
    long weightMax(Panel panel, Conduct conduct) {
        return panel.weights().keySet().stream()
                .filter(agent -> vouches.containsKey(agent) || !declined.contains(agent))
                .filter(agent -> vouches.containsKey(agent) || !conduct.isSuspended(agent))
                .mapToLong(panel::weight)
                .sum();
    }

    List<NodeId> silent(Panel panel) {
        return panel.weights().keySet().stream().filter(agent -> !isAnsweredBy(agent)).toList();
    }
}
