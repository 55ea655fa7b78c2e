package org.entente.certs;

import org.entente.protocol.Bytes;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Certificates that were parsed lately, by their exact bytes. An exchange shows the same one at
/// every step, and parsing proves the form by building it anew, which costs more than all else that
/// is done with it.
final class ParsedCertificates {
    private static final int COUNT_MAX = 4_096;

    /// Each place holds the last of those that fall on it. A race or a collision loses one and
    /// never makes one, since each is immutable; so nothing is locked.
    private static final @Nullable Certificate[] PLACES = new Certificate[COUNT_MAX];

    private ParsedCertificates() {}

    static Optional<Certificate> find(Bytes der) {
        return Optional.ofNullable(PLACES[place(der)]).filter(it -> it.der().equals(der));
    }

    static Certificate remembered(Certificate certificate) {
        PLACES[place(certificate.der())] = certificate;
        return certificate;
    }

    private static int place(Bytes der) {
        return Math.floorMod(der.hashCode(), COUNT_MAX);
    }
}
