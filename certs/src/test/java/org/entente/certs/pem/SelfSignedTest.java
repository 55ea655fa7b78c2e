package org.entente.certs.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.entente.certs.Cryptography;
import org.junit.jupiter.api.Test;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class SelfSignedTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void a_key_of_either_kind_signs_its_own_certificate() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        for (Cryptography cryptography : List.of(Cryptography.fastest(), Cryptography.portable())) {
            for (KeyPair keys : List.of(rsa.generateKeyPair(), cryptography.freshKey(RANDOM))) {
                X509Certificate certificate =
                        SelfSigned.certificate(
                                keys,
                                List.of(),
                                Duration.ofDays(1),
                                cryptography,
                                RANDOM,
                                Instant.now());
                assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
                assertThatCode(() -> certificate.verify(keys.getPublic()))
                        .doesNotThrowAnyException();
            }
        }
    }
}
