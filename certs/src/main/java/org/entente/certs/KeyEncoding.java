package org.entente.certs;

import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;

import java.util.Optional;

/// P-256 keys as DER of SubjectPublicKeyInfo, the form in which TLS shows them.
public final class KeyEncoding {
    /// What stands before x‖y in that of every P-256 key.
    static final Bytes PREFIX =
            Bytes.fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private KeyEncoding() {}

    public static Bytes der(VerifyingKey key) {
        return PREFIX.concat(key.bytes());
    }

    /// Nothing where it is no P-256 key.
    public static Optional<VerifyingKey> key(Bytes der) {
        boolean isCurve =
                der.size() == PREFIX.size() + VerifyingKey.SIZE_BYTES
                        && der.slice(0, PREFIX.size()).equals(PREFIX);
        return isCurve
                ? Optional.of(new VerifyingKey(der.slice(PREFIX.size(), der.size())))
                : Optional.empty();
    }
}
