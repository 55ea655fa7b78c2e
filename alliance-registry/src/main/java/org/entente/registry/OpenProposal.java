package org.entente.registry;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;

import java.util.SortedMap;
import java.util.TreeMap;

/// A proposal that collects approvals.
///
/// @param alliance which it founds or changes
/// @param electorate whose approval it needs
/// @param votes the approvals so far; their signatures were checked
public record OpenProposal(
        Change.Proposed proposed,
        AllianceId alliance,
        Electorate electorate,
        SortedMap<Approver, Approval> votes,
        long since) {
    public OpenProposal {
        votes = Sorted.copyOf(votes);
    }

    public Digest subject() {
        return proposed.subject();
    }

    public boolean isPassed() {
        return electorate.isPassedBy(votes.keySet()).isAccepted();
    }

    OpenProposal with(Approval vote) {
        return new OpenProposal(
                proposed, alliance, electorate, Sorted.with(votes, vote.approver(), vote), since);
    }

    /// A node that is no longer trusted takes its vote along.
    OpenProposal without(NodeId node) {
        TreeMap<Approver, Approval> rest = new TreeMap<>(votes);
        rest.remove(new Approver.Node(node));
        return new OpenProposal(proposed, alliance, electorate, rest, since);
    }

    /// The same proposal when other keys count; votes with keys that no longer do are left out.
    OpenProposal under(Electorate next) {
        TreeMap<Approver, Approval> counting = new TreeMap<>(votes);
        counting.values().removeIf(vote -> !vote.key().equals(next.keys().get(vote.approver())));
        return new OpenProposal(proposed, alliance, next, counting, since);
    }

    /// The entry that the alliance's log is owed once this is passed.
    SignedChange decision() {
        return SignedChange.of(proposed, Approvals.of(votes.values()));
    }

    StateItem item() {
        return StateItem.of(
                StateItem.Kind.PROPOSAL,
                subject(),
                to ->
                        to.digest(Change.FORMAT.digest(proposed))
                                .list(votes.values(), Approval::write)
                                .u64(since));
    }
}
