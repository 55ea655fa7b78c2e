package org.entente.protocol.exchange;

import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// One key that a proposal depends on: where, at which version, with which value.
public record Read(Place place, Version version, Digest value) implements Comparable<Read> {

    static void write(Encoder encoder, Read read) {
        Place.write(encoder, read.place);
        Version.write(encoder, read.version);
        encoder.digest(read.value);
    }

    static Read read(Decoder decoder) {
        return new Read(Place.read(decoder), Version.read(decoder), decoder.digest());
    }

    /// By place alone: a key is read once.
    @Override
    public int compareTo(Read other) {
        return place.compareTo(other.place);
    }
}
