package org.entente.light.por;

import org.entente.light.NodeVerifier;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import java.util.Optional;

/// Whether a block without its transactions is the next one: by whom, with enough work, signed.
/// What is cheap is asked first (docs/chains/por.md §3.2).
public record HeaderJudge(ChainId chain, NodeVerifier verifier, Work work) {

    public Verdict check(Certificate certificate, Link parent) {
        BlockHeader header = certificate.header();
        Creation creation = certificate.creation();
        Optional<Member> creator = parent.rules().member(creation.creator());
        if (header.version() != BlockHeader.VERSION) {
            return Verdict.rejected(Fault.MALFORMED, "a block of version " + header.version());
        }
        if (!header.previous().equals(parent.hash())) {
            return Verdict.rejected(
                    Fault.OUTDATED, "block " + creation.height() + " follows on another block");
        }
        if (creation.height() != parent.height() + 1) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE,
                    "height " + creation.height() + " behind " + parent.height());
        }
        if (creator.isEmpty()) {
            return Verdict.rejected(
                    Fault.NOT_A_SIGNER, creation.creator() + " makes no blocks of this chain");
        }
        if (header.time() < parent.time()) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE, "block " + creation.height() + " is before its parent");
        }
        if (!creation.rules().equals(parent.rules().digest())) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE, "block " + creation.height() + " is by other rules");
        }
        return certificate
                .bound()
                .and(() -> worked(certificate, parent))
                .and(() -> signed(certificate, creator.get()));
    }

    /// Whether everybody who stays a member and has another key now was let by the one before it.
    /// Rules that one member invents could give the others keys of its own.
    boolean isHandedOver(Rules before, Rules after) {
        return after.equals(before)
                || after.members().stream()
                        .allMatch(next ->
                                before.member(next.account())
                                        .filter(next::isSame)
                                        .map(it -> isHandedOver(it, next))
                                        .orElse(true));
    }

    private boolean isHandedOver(Member before, Member after) {
        return before.key().equals(after.key())
                || verifier.verify(
                        before.key(),
                        Member.consent(chain, after.account(), after.key()),
                        after.handover());
    }

    private Verdict worked(Certificate certificate, Link parent) {
        Rules rules = parent.rules();
        var distances = parent.window().distances(certificate.creation().creator(), rules.count());
        return work.isDone(certificate.header(), rules.difficulty(), distances)
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_PROOF,
                        "block "
                                + certificate.creation().height()
                                + " has not the work that its creator owes");
    }

    private Verdict signed(Certificate certificate, Member creator) {
        return verifier.verify(
                        creator.key(),
                        Certificate.signed(
                                chain, certificate.creation().height(), certificate.hash()),
                        certificate.signature())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_SIGNATURE,
                        "the signature of block " + certificate.creation().height());
    }
}
