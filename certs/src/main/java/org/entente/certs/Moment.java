package org.entente.certs;

import java.time.Instant;

/// When something is judged: a signed object as of its entry, a live connection now (protocol.md
/// §2.6).
///
/// @param serial revocations up to this serial of the log count
public record Moment(long serial, Instant time) {
    public static Moment asOf(long serial, Instant time) {
        return new Moment(serial, time);
    }

    /// Every revocation that is known counts.
    public static Moment now(Instant time) {
        return new Moment(Long.MAX_VALUE, time);
    }
}
