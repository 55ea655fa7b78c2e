package org.entente.protocol.exchange;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.Comparator;

/// One key that a proposal depends on: where, at which version, with which value.
public record Read(ChainId chain, Bytes key, Version version, Digest value)
        implements Comparable<Read> {
    private static final Comparator<Read> ORDER =
            Comparator.comparing(Read::chain).thenComparing(Read::key);

    public Read {
        Keys.require(key);
    }

    static void write(Encoder encoder, Read read) {
        encoder.chain(read.chain).bytes(read.key);
        Version.write(encoder, read.version);
        encoder.digest(read.value);
    }

    static Read read(Decoder decoder) {
        return new Read(
                decoder.chain(),
                decoder.bytes(Keys.SIZE_BYTES_MAX),
                Version.read(decoder),
                decoder.digest());
    }

    /// By place alone: a key is read once.
    @Override
    public int compareTo(Read other) {
        return ORDER.compare(this, other);
    }
}
