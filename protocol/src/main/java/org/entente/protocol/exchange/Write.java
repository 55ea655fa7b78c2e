package org.entente.protocol.exchange;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.Comparator;

/// One key that a proposal writes, by the digest of its new value.
///
/// @param inbox the inbox contract's address on its chain, in the chain's own words
public record Write(ChainId chain, String inbox, Bytes key, Digest value)
        implements Comparable<Write> {
    public static final int INBOX_SIZE_BYTES_MAX = 128;
    private static final Comparator<Write> ORDER =
            Comparator.comparing(Write::chain)
                    .thenComparing(Write::inbox)
                    .thenComparing(Write::key);

    public Write {
        Keys.require(key);
        if (inbox.isEmpty() || Bytes.utf8(inbox).size() > INBOX_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an inbox is named by 1 to " + INBOX_SIZE_BYTES_MAX + " bytes");
        }
    }

    static void write(Encoder encoder, Write write) {
        encoder.chain(write.chain).text(write.inbox).bytes(write.key).digest(write.value);
    }

    static Write read(Decoder decoder) {
        return new Write(
                decoder.chain(),
                decoder.text(INBOX_SIZE_BYTES_MAX),
                decoder.bytes(Keys.SIZE_BYTES_MAX),
                decoder.digest());
    }

    /// By place alone: a key is written once.
    @Override
    public int compareTo(Write other) {
        return ORDER.compare(this, other);
    }
}
