package org.entente.registry;

import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Organisations that matches join, directly or through others: the start of an alliance.
public record SuggestedAlliance(List<Match> matches) {
    public SuggestedAlliance {
        matches = List.copyOf(matches);
    }

    public SortedSet<OrganisationId> parties() {
        TreeSet<OrganisationId> parties = new TreeSet<>();
        for (Match match : matches) {
            parties.add(match.offering());
            parties.add(match.wanting());
        }
        return Sorted.copyOf(parties);
    }

    /// The nodes that asked for it: the first agents.
    public SortedSet<NodeId> nodes() {
        TreeSet<NodeId> nodes = new TreeSet<>();
        for (Match match : matches) {
            nodes.add(match.offer().requirement().node());
            nodes.add(match.want().requirement().node());
        }
        return Sorted.copyOf(nodes);
    }
}
