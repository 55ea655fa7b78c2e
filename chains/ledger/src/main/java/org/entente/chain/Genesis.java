package org.entente.chain;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.SortedSet;

/// How a chain begins; its digest is what members register the chain with.
///
/// @param consensus which rules make its blocks: `solo`, `por`
/// @param owner admits accounts and founds inbox contracts
/// @param creators whose blocks they are
/// @param accounts admitted from the start; the owner and the creators are without being named
/// @param time of block 0
/// @param settings of the consensus, in its own words; of solo empty
public record Genesis(
        ChainId chain,
        Name consensus,
        VerifyingKey owner,
        SortedSet<VerifyingKey> creators,
        SortedSet<VerifyingKey> accounts,
        Instant time,
        Bytes settings) {
    public static final int CREATOR_COUNT_MAX = 256;
    public static final int ACCOUNT_COUNT_MAX = 1_024;
    public static final int SETTINGS_SIZE_BYTES_MAX = 128 * 1024;
    public static final Format<Genesis> FORMAT =
            new Format<>(ChainPurpose.GENESIS, 256 * 1024, Genesis::write, Genesis::read);

    public Genesis {
        creators = Sorted.copyOf(creators);
        accounts = Sorted.copyOf(accounts);
        if (creators.isEmpty()
                || creators.size() > CREATOR_COUNT_MAX
                || accounts.size() > ACCOUNT_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a chain begins with 1 to "
                            + CREATOR_COUNT_MAX
                            + " creators and at most "
                            + ACCOUNT_COUNT_MAX
                            + " accounts");
        }
    }

    public Digest digest() {
        return FORMAT.digest(this);
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
                ascending(decoder, CREATOR_COUNT_MAX, "creators"),
                ascending(decoder, ACCOUNT_COUNT_MAX, "accounts"),
                decoder.time(),
                decoder.bytes(SETTINGS_SIZE_BYTES_MAX));
    }

    private static SortedSet<VerifyingKey> ascending(Decoder decoder, int countMax, String what) {
        var keys = decoder.list(countMax, Decoder::key);
        Sorted.requireStrictlyAscending(keys, what);
        return Sorted.copyOf(keys);
    }
}
