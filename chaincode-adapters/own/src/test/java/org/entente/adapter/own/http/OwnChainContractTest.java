package org.entente.adapter.own.http;

import org.entente.adapter.fixture.ChainContract;
import org.entente.adapter.fixture.ChainWorld;
import org.entente.adapter.own.fixture.SoloWorld;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The adapter of our own chains against a real node of solo.
final class OwnChainContractTest extends ChainContract {
    @TempDir private Path home;

    @Override
    protected ChainWorld begin(ChainWorld.Fate fate) throws Exception {
        return new SoloWorld(home, fate);
    }
}
