package org.entente.relay.worker;

import org.entente.certs.Moment;
import org.entente.certs.Verifier;
import org.entente.endorsement.Panel;
import org.entente.endorsement.RequestCheck;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.AttestedReads;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.link.Break;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Settlement;
import org.entente.registry.Alliance;
import org.entente.registry.EpochRecord;

import java.time.Instant;

/// Verifies what came in, on the thread that received it, so that a shared verifier which remembers
/// makes the desk's own check a look-up. It decides nothing: what it finds is not looked at.
record Prewarming(Alliance alliance, Verifier verifier) {

    /// @return only so that the compiler knows that it was meant
    boolean ask(Ask ask, Instant now) {
        Verdict verdict = new RequestCheck(alliance, verifier).admission(ask, Moment.now(now));
        return verdict.isAccepted();
    }

    boolean submission(FullSequence full, Instant now) {
        Digest proposal = Proposal.FORMAT.digest(full.sequence().proposal());
        boolean warm = ask(full.sequence().ask(), now);
        warm &=
                signed(
                        full.sequence().proposal().proposer(),
                        proposal,
                        full.sequence().proposerSignature());
        for (Vouch vouch : full.evidence().endorsements()) {
            warm &= vouched(BatchRoot.ENDORSEMENT, proposal, vouch);
        }
        return warm;
    }

    boolean message(NodeId from, ToRelay message) {
        return switch (message) {
            case ToRelay.Proposed it ->
                    signed(from, Proposal.FORMAT.digest(it.proposal()), it.signature());
            case ToRelay.Endorsed it -> vouched(BatchRoot.ENDORSEMENT, it.proposal(), it.vouch());
            case ToRelay.Attested it ->
                    vouched(
                            BatchRoot.ATTEST,
                            AttestedReads.FORMAT.digest(
                                    new AttestedReads(it.submission(), it.attestation().chains())),
                            it.attestation().vouch());
            case ToRelay.Sealing it -> signed(from, Seal.FORMAT.digest(it.seal()), it.signature());
            case ToRelay.Broken it -> signed(from, Break.FORMAT.digest(it.said()), it.signature());
            case ToRelay.Observed it ->
                    vouched(
                            BatchRoot.OBSERVE,
                            Settlement.FORMAT.digest(it.settlement()),
                            it.vouch());
            case ToRelay.Hello _,
                    ToRelay.Declined _,
                    ToRelay.Objected _,
                    ToRelay.Brought _,
                    ToRelay.Looked _,
                    ToRelay.Elsewhere _ ->
                    true;
        };
    }

    private boolean signed(NodeId node, Digest digest, org.entente.protocol.Signature signature) {
        return record().agent(node)
                .map(agent -> verifier.verify(agent.key(), digest, signature))
                .orElse(false);
    }

    private boolean vouched(Format<BatchRoot> format, Digest leaf, Vouch vouch) {
        return Panel.sealers(record()).holds(format, leaf, vouch, verifier).isAccepted();
    }

    private EpochRecord record() {
        return alliance.charter().record();
    }
}
