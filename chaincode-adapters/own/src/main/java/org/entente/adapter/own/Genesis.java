package org.entente.adapter.own;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.List;

/// How a chain began. Its digest is the one thing about the chain that is taken on trust.
///
/// @param consensus which rule makes headers final
/// @param creators ascending, at least one
/// @param accounts ascending
/// @param settings of the consensus, in its own words
public record Genesis(
        ChainId chain,
        Name consensus,
        VerifyingKey owner,
        List<VerifyingKey> creators,
        List<VerifyingKey> accounts,
        Instant time,
        Bytes settings) {
    private static final int CREATOR_COUNT_MAX = 256;
    private static final int ACCOUNT_COUNT_MAX = 1_024;
    private static final int SETTINGS_SIZE_BYTES_MAX = 128 * 1024;
    public static final Format<Genesis> FORMAT =
            new Format<>(ChainTag.GENESIS, 256 * 1024, Genesis::write, Genesis::read);

    public Genesis {
        creators = List.copyOf(creators);
        accounts = List.copyOf(accounts);
        if (creators.isEmpty()) {
            throw new IllegalArgumentException("a chain has a creator of blocks");
        }
        Sorted.requireStrictlyAscending(creators, "creators");
        Sorted.requireStrictlyAscending(accounts, "accounts");
    }

    private static void write(Encoder encoder, Genesis genesis) {
        encoder.chain(genesis.chain)
                .name(genesis.consensus)
                .key(genesis.owner)
                .list(genesis.creators, Encoder::key)
                .list(genesis.accounts, Encoder::key)
                .time(genesis.time)
                .bytes(genesis.settings);
    }

    private static Genesis read(Decoder decoder) {
        return new Genesis(
                decoder.chain(),
                decoder.name(),
                decoder.key(),
                decoder.list(CREATOR_COUNT_MAX, Decoder::key),
                decoder.list(ACCOUNT_COUNT_MAX, Decoder::key),
                decoder.time(),
                decoder.bytes(SETTINGS_SIZE_BYTES_MAX));
    }
}
