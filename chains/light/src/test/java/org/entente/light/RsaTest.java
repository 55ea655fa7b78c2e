package org.entente.light;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Cryptography;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;

import java.security.SecureRandom;

/// Nodes sign so that nobody else can, and twice the same.
final class RsaTest {
    private static final Rsa RSA = Rsa.of(Cryptography.portable());
    private static final NodeSigner SIGNER = RSA.signer(RSA.freshKey(new SecureRandom()));
    private static final Bytes MESSAGE = Bytes.utf8("message");

    @Test
    void a_signature_is_the_keys_and_the_messages_own_and_always_the_same() {
        Bytes signature = SIGNER.sign(MESSAGE);
        assertThat(RSA.verify(SIGNER.key(), MESSAGE, signature)).isTrue();
        assertThat(SIGNER.sign(MESSAGE)).isEqualTo(signature);
        assertThat(RSA.verify(SIGNER.key(), Bytes.utf8("another"), signature)).isFalse();
        NodeSigner other = RSA.signer(RSA.freshKey(new SecureRandom()));
        assertThat(RSA.verify(other.key(), MESSAGE, signature)).isFalse();
        assertThat(RSA.verify(SIGNER.key(), MESSAGE, Bytes.utf8("short"))).isFalse();
    }

    @Test
    void a_key_that_is_none_is_of_no_use() {
        assertThat(RSA.isUsable(SIGNER.key())).isTrue();
        assertThat(RSA.isUsable(new NodeKey(Bytes.utf8("no key")))).isFalse();
        assertThat(RSA.isUsable(new NodeKey(SIGNER.key().der().concat(Bytes.utf8("x"))))).isFalse();
    }
}
