package org.entente.registry.contract;

import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// All that a condition sees: what an entry and its evidence hold, no clock and no chance.
///
/// @param keys every key read or written, as `chain/key` or `chain/inbox/key`
/// @param versions for each key read its version in lower-case hex, or `absent`
/// @param sizes for each key written the size of its value in bytes
/// @param time the entry's
public record Facts(
        OrganisationId organisation,
        SortedSet<Name> roles,
        Name flow,
        List<String> keys,
        SortedMap<String, String> versions,
        SortedMap<String, Long> sizes,
        int attempt,
        Instant time) {
    public static final String ABSENT = "absent";

    public Facts {
        roles = Sorted.copyOf(roles);
        keys = List.copyOf(keys);
        versions = Sorted.copyOf(versions);
        sizes = Sorted.copyOf(sizes);
    }
}
