package org.entente.registry;

import org.entente.protocol.AllianceId;
import org.jspecify.annotations.Nullable;

/// The id that a record 0 founds: the digest of its kilobytes, asked for with every vote.
final class RecordIds {
    /// What was asked last; immutable, so that a race only costs computing it again.
    private static volatile @Nullable Known last;

    private record Known(EpochRecord founding, AllianceId id) {}

    private RecordIds() {}

    static AllianceId of(EpochRecord founding) {
        Known known = last;
        if (known == null || !known.founding.equals(founding)) {
            known = new Known(founding, new AllianceId(founding.digest()));
            last = known;
        }
        return known.id;
    }
}
