package org.entente.registry;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Verdict;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/// Judges what parties put to a vote, their votes, and what an alliance's own rules judge.
record ProposalCheck(Registry registry, Instant now, Verifier verifier, SignerCheck signers) {

    Verdict proposed(Change.Proposed it, SignedChange signed) {
        if (registry.proposals().containsKey(it.subject())) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, "this is proposed already");
        }
        Verdict verdict =
                RegistryProposals.stands(registry.organisations(), registry.alliances(), it);
        if (verdict.isAccepted()) {
            verdict = proposedBy(RegistryProposals.parties(registry.alliances(), it), signed);
        }
        if (verdict.isAccepted() && it instanceof Change.RecordProposed proposal) {
            verdict = listed(EpochRecord.FORMAT.decode(proposal.record()).orThrow());
        }
        // Last, because reading the files takes long: only a party has us do that.
        return verdict.isAccepted() ? RegistryProposals.fits(registry.alliances(), it) : verdict;
    }

    private Verdict proposedBy(SortedSet<OrganisationId> parties, SignedChange signed) {
        List<Approval> approvals = signed.approvals().list();
        if (approvals.isEmpty()) {
            return Verdict.rejected(Fault.UNSIGNED, "one party must sign the proposal");
        }
        OrganisationId proposer = approvals.getFirst().approver().organisation();
        if (!parties.contains(proposer)) {
            return CharterCheck.notAParty(proposer);
        }
        Verdict quota = Quota.PROPOSALS.check(registry, proposer, now);
        return quota.isAccepted() ? signers.byOrganisation(proposer, signed) : quota;
    }

    /// Agents and chains of a record are those registered now.
    private Verdict listed(EpochRecord record) {
        for (ChainListing chain : record.chains()) {
            RegisteredChain known = registry.chains().get(chain.chain());
            if (known == null) {
                return Verdict.rejected(Fault.UNKNOWN_CHAIN, chain.chain());
            }
            if (!known.listing().equals(chain)) {
                return Verdict.rejected(
                        Fault.INVALID_VALUE, chain.chain() + " is registered otherwise");
            }
        }
        for (Agent agent : record.agents()) {
            Verdict verdict = signers.admitted(agent.id(), agent.key());
            if (!verdict.isAccepted()) {
                return verdict;
            }
        }
        return Verdict.accepted();
    }

    Verdict approved(Change.Approved it, SignedChange signed) {
        if (!signed.approvals().list().isEmpty()) {
            return Verdict.rejected(Fault.DOUBLY_SIGNED, "an approval carries its own signature");
        }
        OpenProposal proposal = registry.proposals().get(it.proposal());
        if (proposal == null) {
            return Verdict.rejected(
                    Fault.OUTDATED,
                    "no proposal " + it.proposal() + " is open: decided, outdated or never made");
        }
        Approver approver = it.approval().approver();
        if (proposal.votes().containsKey(approver)) {
            return Verdict.rejected(Fault.DOUBLY_SIGNED, approver.words() + " has signed before");
        }
        Verdict verdict = proposal.electorate().admits(it.approval(), it.proposal(), verifier);
        if (verdict.isAccepted()) {
            verdict = signers.admitted(it.approval());
        }
        return verdict.isAccepted() ? effective(proposal.with(it.approval())) : verdict;
    }

    /// What a record lists was registered when it was proposed; it must still be when it begins.
    private Verdict effective(OpenProposal voted) {
        return voted.proposed() instanceof Change.RecordProposed proposal && voted.isPassed()
                ? listed(EpochRecord.FORMAT.decode(proposal.record()).orThrow())
                : Verdict.accepted();
    }

    Verdict ofAlliance(AllianceId id, SignedChange signed) {
        RegisteredAlliance alliance = registry.alliances().get(id);
        if (alliance == null) {
            return Verdict.rejected(Fault.NOT_FOUND, "there is no alliance " + id);
        }
        Verdict verdict = alliance.charter().check(signed, verifier);
        for (Approval approval : signed.approvals().list()) {
            if (verdict.isAccepted()) {
                verdict = signers.admitted(approval);
            }
        }
        return verdict;
    }
}
