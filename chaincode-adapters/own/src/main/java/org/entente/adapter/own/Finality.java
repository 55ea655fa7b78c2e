package org.entente.adapter.own;

import org.entente.certs.Verifier;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

/// Whether a header is final and of the chain that is followed: the one thing in which our own
/// chains differ for whoever reads them.
@FunctionalInterface
public interface Finality {
    Verdict check(CertifiedHeader certified);

    /// The rule that a chain began with.
    static Parsed<Finality> of(Genesis genesis, Verifier verifier) {
        return genesis.consensus().equals(SoloFinality.NAME)
                ? Parsed.of(new SoloFinality(genesis, verifier))
                : Parsed.refused(
                        Fault.WRONG_CHAIN,
                        "no rule of finality is known for the consensus " + genesis.consensus());
    }
}
