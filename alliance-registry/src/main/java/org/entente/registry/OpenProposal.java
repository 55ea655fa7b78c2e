package org.entente.registry;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/// A proposal that collects approvals.
///
/// @param alliance which it founds or changes
/// @param proposer who signed it
/// @param electorate whose approval it needs
/// @param votes the approvals so far; their signatures were checked
/// @param time at which it was entered
public record OpenProposal(
        Change.Proposed proposed,
        AllianceId alliance,
        OrganisationId proposer,
        Electorate electorate,
        SortedMap<Approver, Approval> votes,
        long since,
        Instant time) {
    /// What was not decided by then is closed, so that nobody's quota stays spent.
    public static final Duration OPEN_MAX = Duration.ofDays(30);

    public OpenProposal {
        votes = Sorted.copyOf(votes);
    }

    public Digest subject() {
        return proposed.subject();
    }

    boolean hasLapsed(Instant now) {
        return !now.isBefore(time.plus(OPEN_MAX));
    }

    public boolean isPassed() {
        return electorate.isPassedBy(votes.keySet()).isAccepted();
    }

    OpenProposal with(Approval vote) {
        return with(electorate, Sorted.with(votes, vote.approver(), vote));
    }

    /// A node that is no longer trusted takes its vote along.
    OpenProposal without(NodeId node) {
        TreeMap<Approver, Approval> rest = new TreeMap<>(votes);
        rest.remove(new Approver.Node(node));
        return with(electorate, rest);
    }

    /// The same proposal when other keys count; votes with keys that no longer do are left out.
    OpenProposal under(Electorate next) {
        TreeMap<Approver, Approval> counting = new TreeMap<>(votes);
        counting.values().removeIf(vote -> !vote.key().equals(next.keys().get(vote.approver())));
        return with(next, counting);
    }

    private OpenProposal with(Electorate next, SortedMap<Approver, Approval> counting) {
        return new OpenProposal(proposed, alliance, proposer, next, counting, since, time);
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
                                .u64(since)
                                .organisation(proposer)
                                .time(time));
    }
}
