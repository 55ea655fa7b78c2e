package org.entente.chain.industrial.vault;

import java.time.Duration;

/// What a vault takes on.
///
/// @param uploads open at the same time
/// @param uploadsPerAccount of them
/// @param idleMax after which an upload that nobody goes on with ends
/// @param reserveSizeBytes that are left free on the disk: the chain itself needs room
public record VaultLimits(
        int uploads, int uploadsPerAccount, Duration idleMax, long reserveSizeBytes) {
    public static final VaultLimits STANDARD =
            new VaultLimits(16, 4, Duration.ofHours(24), 1L << 30);

    public VaultLimits {
        if (uploads < 1 || uploadsPerAccount < 1 || reserveSizeBytes < 0 || idleMax.isNegative()) {
            throw new IllegalArgumentException("a vault takes at least one upload");
        }
    }
}
