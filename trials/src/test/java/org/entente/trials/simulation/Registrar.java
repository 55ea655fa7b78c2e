package org.entente.trials.simulation;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Verdict;
import org.entente.registry.Alliance;
import org.entente.registry.Change;
import org.entente.registry.ChangeEntry;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;
import org.entente.registry.fixture.Member;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The relay's registry: what everybody signed outside of exchanges. It loses nothing; how it is
/// kept has tests of its own.
final class Registrar {
    private final Verifier verifier;
    private Registry registry = Registry.EMPTY;
    private Instant newest = Instant.EPOCH;
    private long size;

    Registrar(Verifier verifier) {
        this.verifier = verifier;
    }

    /// Enrols everybody and founds the alliance.
    AllianceId found(Cast cast, Treaty treaty, Instant now) {
        cast.members().forEach(member -> accept(member.enrolment(), now));
        cast.members().forEach(member -> accept(member.chainAdded(), now));
        cast.members().forEach(member -> accept(member.agentAdded(), now));
        var record = treaty.first();
        Change.RecordProposed proposal = treaty.proposal(record);
        accept(cast.members().getFirst().agentSigned(proposal), now);
        for (Member member : treaty.parties()) {
            accept(
                    SignedChange.of(
                            new Change.Approved(
                                    proposal.subject(), member.byRoot(proposal.subject()))),
                    now);
        }
        return record.id();
    }

    Verdict check(SignedChange change, Instant now) {
        return registry.check(change, time(now), verifier);
    }

    void accept(SignedChange change, Instant now) {
        Verdict verdict = check(change, now);
        if (!verdict.isAccepted()) {
            throw new IllegalStateException(verdict + " for " + change);
        }
        newest = time(now);
        registry = registry.apply(new ChangeEntry(size++, newest, change));
    }

    private Instant time(Instant now) {
        return now.isBefore(newest) ? newest : now;
    }

    /// A next epoch record, approved by as many as it takes; whether it was enough.
    boolean amend(Treaty next, Alliance now, List<Member> approving, Instant at) {
        Change.RecordProposed proposal = next.proposalAfter(now.charter().record());
        SignedChange proposed = approving.getFirst().agentSigned(proposal);
        if (!check(proposed, at).isAccepted()) {
            return false;
        }
        int before = owed(now.id()).size();
        accept(proposed, at);
        for (Member member : approving) {
            SignedChange approval =
                    SignedChange.of(
                            new Change.Approved(
                                    proposal.subject(), member.byAgent(proposal.subject())));
            if (owed(now.id()).size() == before && check(approval, at).isAccepted()) {
                accept(approval, at);
            }
        }
        return owed(now.id()).size() > before;
    }

    /// Everything that an alliance's log is ever owed, from its record 0 on.
    List<SignedChange> owed(AllianceId alliance) {
        return registry.owed(alliance, Optional.empty());
    }

    /// The bytes of the change that brings record 0, for the inbox contracts.
    Bytes founding(AllianceId alliance) {
        return owed(alliance).getFirst().changeBytes();
    }
}
