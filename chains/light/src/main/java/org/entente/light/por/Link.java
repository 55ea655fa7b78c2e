package org.entente.light.por;

import org.entente.protocol.Digest;

import java.time.Duration;
import java.time.Instant;

/// What the next block is judged by: where the chain is, who made its last blocks, and the rules.
///
/// @param hash of the header; of block 0 the genesis' digest
/// @param ledger the digest of the ledger's header
/// @param time in seconds since 1970
/// @param rules of the next block
public record Link(long height, Digest hash, Digest ledger, long time, Window window, Rules rules) {

    /// Of block 0, which nobody made. Blocks have whole seconds, and none is before the one it
    /// stands upon.
    ///
    /// @param genesis its digest
    /// @param begun when the chain began
    public static Link first(Settings settings, Digest genesis, Digest ledger, Instant begun) {
        long time = begun.plus(Duration.ofSeconds(1).minusNanos(1)).getEpochSecond();
        return new Link(0, genesis, ledger, time, new Window(settings.before()), settings.rules());
    }

    /// Behind a certificate that was judged and holds.
    ///
    /// @param next the rules behind it
    public Link with(Certificate certificate, Rules next) {
        return new Link(
                height + 1,
                certificate.hash(),
                certificate.creation().ledger(),
                certificate.header().time(),
                window.with(certificate.creation().creator()),
                next);
    }
}
