package org.entente.relay;

import org.entente.protocol.exchange.Place;

import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which unsettled serials write which keys: on each key they are brought in the order of the log
/// (protocol.md §6.5). An inbox takes none before the one that it builds on.
final class KeyOrder {
    private final TreeMap<Place, TreeSet<Long>> writers = new TreeMap<>();

    void add(Parcel parcel) {
        for (Place place : parcel.writes()) {
            writers.computeIfAbsent(place, _ -> new TreeSet<>()).add(parcel.serial());
        }
    }

    void remove(Parcel parcel) {
        for (Place place : parcel.writes()) {
            TreeSet<Long> serials = writers.get(place);
            if (serials != null) {
                serials.remove(parcel.serial());
                if (serials.isEmpty()) {
                    writers.remove(place);
                }
            }
        }
    }

    /// The last before it on each of its keys.
    SortedSet<Long> before(Parcel parcel) {
        TreeSet<Long> before = new TreeSet<>();
        for (Place place : parcel.writes()) {
            Long serial = of(place).lower(parcel.serial());
            if (serial != null) {
                before.add(serial);
            }
        }
        return before;
    }

    /// The first behind it on each of its keys.
    SortedSet<Long> behind(Parcel parcel) {
        TreeSet<Long> behind = new TreeSet<>();
        for (Place place : parcel.writes()) {
            Long serial = of(place).higher(parcel.serial());
            if (serial != null) {
                behind.add(serial);
            }
        }
        return behind;
    }

    private NavigableSet<Long> of(Place place) {
        return writers.getOrDefault(place, new TreeSet<>());
    }
}
