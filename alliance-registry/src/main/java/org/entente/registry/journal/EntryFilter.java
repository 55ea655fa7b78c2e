package org.entente.registry.journal;

import org.entente.protocol.AllianceId;
import org.entente.protocol.OrganisationId;

import java.time.Instant;
import java.util.Optional;

/// Which entries somebody looks for; what is empty does not restrict.
///
/// @param since the first time that is wanted
/// @param until the first time that is not wanted any more
public record EntryFilter(
        Optional<String> kind,
        Optional<OrganisationId> organisation,
        Optional<AllianceId> alliance,
        Optional<Instant> since,
        Optional<Instant> until) {
    public static final EntryFilter ALL =
            new EntryFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
