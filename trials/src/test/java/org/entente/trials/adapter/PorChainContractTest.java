package org.entente.trials.adapter;

import org.entente.chain.app.LocalDesign;
import org.entente.chain.por.app.Design;
import org.entente.protocol.ChainId;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Tag;

import java.util.List;

/// The adapter of our own chains against four nodes of PoR.
@Tag("processes")
class PorChainContractTest extends NetworkContract {
    PorChainContractTest() {
        super("por");
    }

    @Override
    protected LocalDesign<?> design(ChainId chain, int count, List<VerifyingKey> accounts) {
        return Design.quick(chain, count, accounts, List.of());
    }
}
