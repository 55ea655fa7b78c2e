package org.entente.certs;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

/// How certificates name a key: the first 160 bits of the SHA-256 of its point (RFC 7093 §2, method
/// 1).
public final class KeyId {
    private static final Bytes UNCOMPRESSED = Bytes.fromHex("04");

    private KeyId() {}

    public static Bytes of(VerifyingKey key) {
        return Digest.of(UNCOMPRESSED.concat(key.bytes()))
                .bytes()
                .slice(0, CertificateBody.KEY_ID_SIZE_BYTES);
    }
}
