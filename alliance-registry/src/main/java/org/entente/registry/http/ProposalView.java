package org.entente.registry.http;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Verdict;
import org.entente.registry.Approver;
import org.entente.registry.OpenProposal;

import java.util.List;

/// @param missing why the approvals so far are not enough
record ProposalView(
        Digest proposal, AllianceId alliance, List<String> approved, String missing, long since) {
    static ProposalView of(OpenProposal proposal) {
        return new ProposalView(
                proposal.subject(),
                proposal.alliance(),
                proposal.votes().keySet().stream().map(Approver::words).toList(),
                proposal.electorate().isPassedBy(proposal.votes().keySet())
                                instanceof Verdict.Rejected why
                        ? why.toString()
                        : "",
                proposal.since());
    }
}
