package org.entente.chain.industrial.app;

import org.entente.chain.Genesis;
import org.entente.chain.app.EncodedFile;
import org.entente.light.industrial.Rates;
import org.entente.light.industrial.Settings;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;

/// How members begin a chain: each says who it is in a file, one makes the genesis of all of them.
///
/// @param sealing how many seal
/// @param epochBlocks after so many blocks seats are drawn anew
record Founding(
        ChainId chain,
        VerifyingKey owner,
        List<VerifyingKey> accounts,
        Sealing sealing,
        int epochBlocks,
        Neighbours members) {
    private static final Name CONSENSUS = new Name("industrial");
    private static final Duration SKEW_MAX = Duration.ofSeconds(5);
    private static final int HEARTBEAT_SHARE = 5;
    private static final int MEMBERS_LEAST = 4;

    Founding {
        accounts = List.copyOf(accounts);
    }

    Genesis genesis(Instant now) throws StartRefused {
        int count = members.members().size();
        if (count < MEMBERS_LEAST) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    "a chain has " + MEMBERS_LEAST + " members at least, not " + count);
        }
        TreeSet<VerifyingKey> creators = new TreeSet<>();
        members.members().forEach(each -> creators.add(each.key()));
        try {
            Settings settings =
                    new Settings(
                            sealing.seats(count),
                            epochBlocks,
                            Math.max(2, epochBlocks / HEARTBEAT_SHARE),
                            SKEW_MAX,
                            Rates.USUAL);
            return new Genesis(
                    chain,
                    CONSENSUS,
                    owner,
                    creators,
                    Sorted.copyOf(accounts),
                    now.truncatedTo(ChronoUnit.MILLIS),
                    Settings.FORMAT.encode(settings));
        } catch (IllegalArgumentException e) {
            throw new StartRefused(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    static Genesis read(Path file) throws IOException, StartRefused {
        Genesis genesis = EncodedFile.read(file, Genesis.FORMAT);
        if (!genesis.consensus().equals(CONSENSUS)) {
            throw new StartRefused(
                    ExitCode.USAGE, "the genesis is of a chain by " + genesis.consensus());
        }
        return genesis;
    }
}
