package org.entente.chain.industrial.vault;

import org.entente.chain.industrial.data.DataTag;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM. The nonce of a chunk is its index, so one key is for one object's one version, and
/// an index is encrypted once (docs/chains/industrial-data.md §5.2).
final class ContentCipher {
    static final int KEY_SIZE_BYTES = 32;
    static final int NONCE_SIZE_BYTES = 12;
    private static final int TAG_SIZE_BITS = 128;

    private ContentCipher() {}

    /// Names a key without showing it.
    static Digest name(byte[] key) {
        return Digest.of(Bytes.utf8(DataTag.KEY.tag() + "\0").concat(Bytes.copyOf(key)));
    }

    static byte[] nonce(int index) {
        return ByteBuffer.allocate(NONCE_SIZE_BYTES).putInt(8, index).array();
    }

    static Bytes seal(byte[] key, byte[] nonce, Bytes plain) {
        try {
            return Bytes.copyOf(cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain.toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM does not encrypt", e);
        }
    }

    /// Empty: it was sealed under another key or nonce, or changed since.
    static Optional<Bytes> open(byte[] key, byte[] nonce, Bytes sealed) {
        try {
            return Optional.of(
                    Bytes.copyOf(
                            cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed.toArray())));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM does not decrypt", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_SIZE_BITS, nonce));
        return cipher;
    }
}
