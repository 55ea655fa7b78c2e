package org.entente.protocol.exchange;

import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// One key that a proposal writes, by the size and the digest of its new value.
public record Write(Place place, int sizeBytes, Digest value) implements Comparable<Write> {

    public Write {
        if (place.isOwn()) {
            throw new IllegalArgumentException(
                    "the alliance writes into inboxes only, not " + place);
        }
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("no value has " + sizeBytes + " bytes");
        }
    }

    static void write(Encoder encoder, Write write) {
        Place.write(encoder, write.place);
        encoder.u32(write.sizeBytes).digest(write.value);
    }

    static Write read(Decoder decoder) {
        return new Write(Place.read(decoder), decoder.u32(), decoder.digest());
    }

    /// By place alone: a key is written once.
    @Override
    public int compareTo(Write other) {
        return place.compareTo(other.place);
    }
}
