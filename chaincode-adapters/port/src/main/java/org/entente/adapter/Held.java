package org.entente.adapter;

import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Version;

import java.util.Optional;

/// What a key holds.
///
/// @param version absent: it was never written, as the chain proves
/// @param value empty: never written, or deleted at this version
public record Held(Place place, Version version, Optional<Bytes> value)
        implements Comparable<Held> {

    public Held {
        if (version instanceof Version.Absent && value.isPresent()) {
            throw new IllegalArgumentException(place + " was never written and has a value");
        }
    }

    /// By place alone: each appears once.
    @Override
    public int compareTo(Held other) {
        return place.compareTo(other.place);
    }
}
