package org.entente.relay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

final class CheckpointTest {
    private static final String ORIGIN = "relay.alpha.example/registry";

    @Test
    void the_body_has_origin_size_and_root() {
        assertThat(new Checkpoint(ORIGIN, 20_852_163, Digest.ZERO).body())
                .isEqualTo(
                        """
                        relay.alpha.example/registry
                        20852163
                        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
                        """);
    }

    @Test
    void the_note_verifies_with_the_relay_s_key_alone() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
        VerifyingKey key =
                VerifyingKey.of(publicKey.getW().getAffineX(), publicKey.getW().getAffineY());
        Digest root = Digest.of(Bytes.utf8("root"));
        String note =
                new Checkpoint(ORIGIN, 7, root).note(key, digest -> sign(pair, digest)).asUtf8();

        int end = note.lastIndexOf("\n\n");
        String text = note.substring(0, end + 1);
        String line = note.substring(end + 2);
        assertThat(text).isEqualTo(ORIGIN + "\n7\n" + base64(root.bytes().toArray()) + "\n");
        assertThat(line).startsWith("\u2014 " + ORIGIN + " ").endsWith("\n");
        byte[] signed =
                Base64.getDecoder().decode(line.strip().substring(line.lastIndexOf(' ') + 1));
        byte[] spki = publicKey.getEncoded();
        assertThat(Arrays.copyOf(signed, 4))
                .isEqualTo(Digest.of(Bytes.copyOf(spki)).bytes().slice(0, 4).toArray());
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(publicKey);
        verifier.update(text.getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verify(Arrays.copyOfRange(signed, 4, signed.length))).isTrue();
    }

    @Test
    void an_origin_that_would_break_the_note_is_refused() {
        for (String origin : new String[] {"", "two words", "a+b", "line\nbreak", "nb\u00a0sp"}) {
            assertThatThrownBy(() -> new Checkpoint(origin, 1, Digest.ZERO))
                    .hasMessageContaining("origin");
        }
        assertThatThrownBy(() -> new Checkpoint(ORIGIN, -1, Digest.ZERO))
                .hasMessageContaining("negative");
    }

    private static Bytes sign(KeyPair pair, Digest digest) {
        try {
            Signature signer = Signature.getInstance("NONEwithECDSA");
            signer.initSign(pair.getPrivate());
            signer.update(digest.bytes().toArray());
            return Bytes.copyOf(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
