package org.entente.adapter.own;

import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;

import java.util.Optional;

/// Of solo: each header proves itself, by the one creator's signature over the header's digest
/// (docs/ledger.md §5.1).
record SoloEvidence(Genesis genesis, Verifier verifier) implements Evidence {
    static final Name NAME = new Name("solo");

    @Override
    public Optional<String> missing(long height) {
        return Optional.empty();
    }

    @Override
    public Parsed<Evidence> with(Bytes shown) {
        throw new IllegalStateException("a header of solo proves itself");
    }

    @Override
    public Verdict check(CertifiedHeader certified) {
        Header header = certified.header();
        if (!header.chain().equals(genesis.chain())) {
            return Verdict.rejected(
                    Fault.WRONG_CHAIN,
                    "a header of " + header.chain() + " where " + genesis.chain() + " is followed");
        }
        if (genesis.creators().size() != 1
                || !genesis.creators().getFirst().equals(header.creator())) {
            return Verdict.rejected(
                    Fault.NOT_A_SIGNER, header.creator() + " makes no blocks of this chain");
        }
        if (header.height() == 0 && !header.previous().equals(Genesis.FORMAT.digest(genesis))) {
            return Verdict.rejected(Fault.UNBOUND, "block 0 begins with another genesis");
        }
        return isSigned(certified)
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_SIGNATURE, "the signature of block " + header.height());
    }

    private boolean isSigned(CertifiedHeader certified) {
        Header header = certified.header();
        try {
            Signature signature = new Signature(certified.certificate());
            return verifier.verify(header.creator(), header.digest(), signature);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
