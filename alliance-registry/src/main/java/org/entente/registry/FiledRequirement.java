package org.entente.registry;

import org.entente.protocol.Digest;

import java.time.Instant;
import java.util.Optional;

/// A requirement in the registry.
///
/// @param digest of the change that filed it
/// @param withdrawn the serial at which it was withdrawn; the entry stays, so that it is not filed
///   again by somebody else
public record FiledRequirement(
        Digest digest, Requirement requirement, long since, Optional<Long> withdrawn) {

    public boolean isOpen(Instant now) {
        return withdrawn.isEmpty() && now.isBefore(requirement.validUntil());
    }

    StateItem item() {
        return StateItem.of(
                StateItem.Kind.REQUIREMENT,
                digest,
                to -> {
                    Requirement.write(to, requirement);
                    to.u64(since).optional(withdrawn, (encoder, serial) -> encoder.u64(serial));
                });
    }
}
