package org.entente.adapter.own;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.util.SortedSet;

/// What makes a header final and one of the chain that is followed: the one thing in which our own
/// chains differ for whoever reads them.
@FunctionalInterface
public interface Finality {
    /// Before a node has shown anything.
    ///
    /// @param looked heights that will be asked about however long ago they were
    Evidence begun(SortedSet<Long> looked);

    /// The rule that a chain began with.
    static Parsed<Finality> of(Genesis genesis, Verifiers verifiers) {
        if (genesis.consensus().equals(SoloEvidence.NAME)) {
            return Parsed.of(_ -> new SoloEvidence(genesis, verifiers.keys()));
        }
        if (genesis.consensus().equals(PorEvidence.NAME)) {
            return PorEvidence.finality(genesis, verifiers.nodes(), PorEvidence.KEPT_COUNT);
        }
        if (genesis.consensus().equals(IndustrialEvidence.NAME)) {
            return IndustrialEvidence.finality(
                    genesis, verifiers.keys(), IndustrialEvidence.KEPT_COUNT);
        }
        return Parsed.refused(
                Fault.WRONG_CHAIN,
                "no rule of finality is known for the consensus " + genesis.consensus());
    }
}
