package org.entente.certs;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.junit.jupiter.api.Test;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class CryptographyTest {
    private static final Digest DIGEST = Digest.of(Bytes.utf8("what is signed"));
    private final Cryptography fastest = Cryptography.fastest();
    private final Cryptography portable = Cryptography.portable();

    @Test
    void each_provider_verifies_what_the_other_signs() {
        for (Cryptography one : List.of(fastest, portable)) {
            KeyPair keys = one.freshKey(new SecureRandom());
            for (Cryptography other : List.of(fastest, portable)) {
                Signer signer = other.signer(keys);
                Signature signature = signer.sign(DIGEST);
                assertThat(one.verifier().verify(signer.key(), DIGEST, signature)).isTrue();
                assertThat(
                                one.verifier()
                                        .verify(
                                                signer.key(),
                                                Digest.of(Bytes.utf8("another")),
                                                signature))
                        .isFalse();
            }
        }
    }

    @Test
    void the_report_names_the_provider_and_why() {
        assertThat(portable.report()).startsWith("BC 1.").contains("as asked");
        assertThat(fastest.report()).startsWith(fastest.provider().getName());
        assertThat(fastest.provider().getName()).isNotEqualTo("SunEC");
    }

    @Test
    void where_the_fastest_is_absent_or_broken_the_portable_one_serves_and_says_why() {
        Cryptography absent = Cryptography.fastest(Optional::empty);
        assertThat(absent.report()).startsWith("BC 1.").contains("not on the class path");
        Cryptography unloadable =
                Cryptography.fastest(() -> {
                    throw new UnsatisfiedLinkError("no such library");
                });
        assertThat(unloadable.report()).startsWith("BC 1.").contains("no such library");
        Cryptography broken = Cryptography.fastest(() -> Optional.of(Security.getProvider("SUN")));
        assertThat(broken.report()).startsWith("BC 1.").contains("SUN makes no P-256 keys");
        Signer signer = broken.signer(broken.freshKey(new SecureRandom()));
        assertThat(broken.verifier().verify(signer.key(), DIGEST, signer.sign(DIGEST))).isTrue();
    }

    @Test
    void many_virtual_threads_share_one_verifier() throws Exception {
        for (Cryptography one : List.of(fastest, portable)) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int index = 0; index < 200; index++) {
                Signer signer = one.signer(one.freshKey(new SecureRandom()));
                Signature signature = signer.sign(DIGEST);
                tasks.add(() -> one.verifier().verify(signer.key(), DIGEST, signature));
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Boolean> answer : threads.invokeAll(tasks)) {
                    assertThat(answer.get()).isTrue();
                }
            }
        }
    }

    @Test
    void more_keys_than_are_kept_still_verify() {
        Signer first = fastest.signer(fastest.freshKey(new SecureRandom()));
        Signature signature = first.sign(DIGEST);
        for (int index = 0; index <= EllipticCurve.KEYS_KEPT_MAX; index++) {
            Signer other = fastest.signer(fastest.freshKey(new SecureRandom()));
            assertThat(fastest.verifier().verify(other.key(), DIGEST, signature)).isFalse();
        }
        assertThat(fastest.verifier().verify(first.key(), DIGEST, signature)).isTrue();
    }
}
