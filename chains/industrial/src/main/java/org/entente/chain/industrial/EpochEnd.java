package org.entente.chain.industrial;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.StateProof;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Settings;
import org.entente.light.industrial.Trail;

/// What whoever follows the chain without its blocks is shown of the end of an epoch
/// (docs/chains/industrial.md §2.4).
public final class EpochEnd {
    private EpochEnd() {}

    /// @param ledger behind the last block of an epoch, which is final: no state after it has a
    ///   proof against that block's header
    public static Trail.Part of(Ledger ledger) {
        Settings settings = Kept.settings(ledger.state());
        if (ledger.height() < 1 || !settings.isLast(ledger.height())) {
            throw new IllegalArgumentException("no epoch ends with block " + ledger.height());
        }
        long epoch = settings.epoch(ledger.height()) + 1;
        Sealers next = Kept.sealers(ledger.state(), epoch);
        return new Trail.Part(
                CertifiedHeader.FORMAT.encode(ledger.head()),
                StateProof.FORMAT.encode(ledger.state().prove(Kept.place(epoch))),
                next);
    }
}
