package org.entente.chain.app;

import org.entente.chain.Genesis;
import org.entente.chain.store.ChainStore;
import org.entente.protocol.ChainId;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.logging.LogFormat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// What every node of ours is configured with, whatever makes its blocks; and which chain may be in
/// its directory.
public interface NodeConfiguration {
    Serving serving();

    Path directory();

    ChainId chain();

    /// How long an answer waits until a transaction is final.
    Duration finalTimeMax();

    LogFormat logFormat();

    /// Nothing begins where a chain is.
    default void requireNone() throws StartRefused {
        if (ChainStore.isThere(directory())) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    directory()
                            + " holds a chain already; start it without --init: a second start"
                            + " from nothing would lose what it has answered");
        }
    }

    default void requireOurs(Genesis genesis, String what) throws StartRefused {
        if (!genesis.chain().equals(chain())) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    what + genesis.chain() + ", the configuration names " + chain());
        }
    }

    /// Of the chain that it goes on with.
    ///
    /// @param begin with which one is begun
    default Genesis genesis(String begin) throws IOException, StartRefused {
        if (!ChainStore.isThere(directory())) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    "there is no chain in "
                            + directory()
                            + ". If this is the first start, begin one with "
                            + begin
                            + "; if it is not, the directory is lost or the configuration names"
                            + " another");
        }
        Genesis genesis = ChainStore.genesis(directory());
        requireOurs(genesis, directory() + " holds the chain ");
        return genesis;
    }
}
