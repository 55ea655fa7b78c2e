package org.entente.chain.industrial;

import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;

import java.util.SortedSet;

/// What the evidence in one block shows, once it was found to hold.
///
/// @param equivocators who said two things where one may be said
/// @param failed whose views made no block final
/// @param sealers of the block before; empty where its commits are not counted
/// @param committed those of them in its certificate
/// @param late whose missing COMMITs came after all, of whichever block
public record Conduct(
        SortedSet<VerifyingKey> equivocators,
        SortedSet<VerifyingKey> failed,
        SortedSet<VerifyingKey> sealers,
        SortedSet<VerifyingKey> committed,
        SortedSet<VerifyingKey> late) {
    public Conduct {
        equivocators = Sorted.copyOf(equivocators);
        failed = Sorted.copyOf(failed);
        sealers = Sorted.copyOf(sealers);
        committed = Sorted.copyOf(committed);
        late = Sorted.copyOf(late);
    }
}
