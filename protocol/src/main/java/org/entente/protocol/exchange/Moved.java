package org.entente.protocol.exchange;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// A key that is no longer at the version at which it was read.
public record Moved(Place place, Version read, Version found) implements Comparable<Moved> {

    public static void write(Encoder encoder, Moved moved) {
        Place.write(encoder, moved.place);
        Version.write(encoder, moved.read);
        Version.write(encoder, moved.found);
    }

    public static Moved read(Decoder decoder) {
        return new Moved(Place.read(decoder), Version.read(decoder), Version.read(decoder));
    }

    /// By place alone: a key is read once.
    @Override
    public int compareTo(Moved other) {
        return place.compareTo(other.place);
    }
}
