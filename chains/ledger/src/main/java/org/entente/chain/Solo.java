package org.entente.chain;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;

/// The trivial consensus: one creator, whose signature makes a header final (docs/ledger.md §5).
public final class Solo {
    public static final Name NAME = new Name("solo");

    private Solo() {}

    public static CertifiedHeader certify(Header header, Signer creator) {
        return new CertifiedHeader(header, creator.sign(header.digest()).bytes());
    }

    /// Whether a header is one of the chain that began so: what whoever was brought a proof asks.
    public static Verdict check(CertifiedHeader certified, Genesis genesis, Verifier verifier) {
        Header header = certified.header();
        if (!header.chain().equals(genesis.chain())) {
            return Verdict.rejected(
                    Fault.WRONG_CHAIN, header.chain() + " where " + genesis.chain() + " is asked");
        }
        if (genesis.creators().size() != 1
                || !genesis.creators().first().equals(header.creator())) {
            return Verdict.rejected(
                    Fault.NOT_A_SIGNER, header.creator() + " makes no blocks of this chain");
        }
        Signature signature;
        try {
            signature = new Signature(certified.certificate());
        } catch (IllegalArgumentException _) {
            return Verdict.rejected(Fault.BAD_SIGNATURE, "a certificate of solo is a signature");
        }
        return verifier.verify(header.creator(), header.digest(), signature)
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_SIGNATURE, "the signature of block " + header.height());
    }
}
