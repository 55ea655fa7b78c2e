package org.entente.registry;

import org.entente.protocol.Digest;

import java.util.Optional;

/// An auditor's demand to open a transaction certificate.
///
/// @param digest of the change that demanded it
/// @param opened the serial at which the organisation answered
public record Demand(
        Digest digest, Change.OpeningDemanded demanded, long since, Optional<Long> opened) {

    StateItem item() {
        return StateItem.of(
                StateItem.Kind.DEMAND,
                digest,
                to ->
                        to.bytes(Change.FORMAT.encode(demanded))
                                .u64(since)
                                .optional(opened, (encoder, serial) -> encoder.u64(serial)));
    }
}
