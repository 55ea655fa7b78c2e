package org.entente.certs;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

final class RememberingVerifierTest {
    private static final Cryptography CRYPTOGRAPHY = Cryptography.fastest();

    private final AtomicInteger verifications = new AtomicInteger();
    private final Signer signer = CRYPTOGRAPHY.signer(CRYPTOGRAPHY.freshKey(new SecureRandom()));
    private final Signer other = CRYPTOGRAPHY.signer(CRYPTOGRAPHY.freshKey(new SecureRandom()));

    private RememberingVerifier remembering(int countMax) {
        return new RememberingVerifier(
                (key, digest, signature) -> {
                    verifications.incrementAndGet();
                    return CRYPTOGRAPHY.verifier().verify(key, digest, signature);
                },
                countMax);
    }

    @Test
    void what_held_is_looked_up_the_next_time() {
        Verifier verifier = remembering(16);
        Digest digest = Digest.of(Bytes.utf8("signed"));
        Signature signature = signer.sign(digest);
        for (int time = 0; time < 3; time++) {
            assertThat(verifier.verify(signer.key(), digest, signature)).isTrue();
        }
        assertThat(verifications).hasValue(1);
    }

    @Test
    void what_held_says_nothing_of_another_key_digest_or_signature() {
        Verifier verifier = remembering(1);
        Digest digest = Digest.of(Bytes.utf8("signed"));
        Signature signature = signer.sign(digest);
        assertThat(verifier.verify(signer.key(), digest, signature)).isTrue();
        assertThat(verifier.verify(other.key(), digest, signature)).isFalse();
        assertThat(verifier.verify(signer.key(), Digest.ZERO, signature)).isFalse();
        assertThat(verifier.verify(signer.key(), digest, other.sign(digest))).isFalse();
        assertThat(verifier.verify(signer.key(), digest, other.sign(digest))).isFalse();
        assertThat(verifier.verify(signer.key(), digest, signature)).isTrue();
        assertThat(verifications).hasValue(5);
    }

    @Test
    void more_than_fit_displace_each_other_and_are_verified_again() {
        Verifier verifier = remembering(1);
        Digest one = Digest.of(Bytes.utf8("one"));
        Digest two = Digest.of(Bytes.utf8("two"));
        Signature signatureOfOne = signer.sign(one);
        Signature signatureOfTwo = signer.sign(two);
        assertThat(verifier.verify(signer.key(), one, signatureOfOne)).isTrue();
        assertThat(verifier.verify(signer.key(), two, signatureOfTwo)).isTrue();
        assertThat(verifier.verify(signer.key(), one, signatureOfOne)).isTrue();
        assertThat(verifications).hasValue(3);
    }

    @Test
    void what_others_answer_for_is_not_verified() {
        RememberingVerifier verifier = remembering(16);
        Digest digest = Digest.of(Bytes.utf8("committed"));
        Signature signature = signer.sign(digest);
        verifier.take(signer.key(), digest, signature);
        assertThat(verifier.verify(signer.key(), digest, signature)).isTrue();
        assertThat(verifications).hasValue(0);
        assertThat(verifier.verify(other.key(), digest, signature)).isFalse();
    }
}
