package org.entente.certs;

import static org.assertj.core.api.Assertions.assertThat;

import org.bouncycastle.asn1.ASN1Sequence;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

class DerNestingTest {
    private static final Path VECTORS = Path.of("..", "docs", "vectors", "certificates.txt");

    @ParameterizedTest
    @CsvSource({
        "3000, nothing in it",
        "3003020101, a number",
        "30053003020101, a sequence in a sequence",
        "300204, the content of a part is missing",
        "30020401, the part is longer than the whole",
        "300302010100, more after the whole",
        "3103020101, a set",
        "308003020101, no definite length",
        "3080020101 0000, no definite length",
        "308103020101, one byte of length would do",
        "3082000302 0101, the length begins with zero",
        "3084000000 03020101, a length of four bytes",
        "30031f2001, a tag of two bytes",
        "30, half of a part",
        "3003300201, a part of a part is cut",
    })
    void nothing_but_filled_definite_shortest_lengths_is_taken(String hex, String what) {
        byte[] bytes = Bytes.fromHex(hex.replace(" ", "")).toArray();
        assertThat(DerNesting.isSequence(bytes))
                .as(what)
                .isEqualTo(hex.startsWith("3000") || hex.matches("300(302|5300302).*01"));
    }

    @Test
    void depth_has_a_limit() {
        assertThat(DerNesting.isSequence(nested(DerNesting.DEPTH_MAX))).isTrue();
        assertThat(DerNesting.isSequence(nested(DerNesting.DEPTH_MAX + 2))).isFalse();
    }

    /// Whatever comes back from the full reader as the same bytes has passed here: the vectors,
    /// with bits flipped.
    @Test
    void no_encoding_that_is_der_is_refused() throws Exception {
        Random random = new Random(20261122);
        int same = 0;
        for (String line : Files.readAllLines(VECTORS)) {
            byte[] sound = Bytes.fromHex(line.substring(line.indexOf(' ') + 1)).toArray();
            for (int round = 0; sound[0] == 0x30 && round < 500; round++) {
                byte[] bytes = sound.clone();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                if (comesBack(bytes)) {
                    assertThat(DerNesting.isSequence(bytes)).as(line).isTrue();
                    same++;
                }
            }
        }
        assertThat(same).isGreaterThan(1_000);
    }

    private static boolean comesBack(byte[] bytes) {
        try {
            return Der.of(ASN1Sequence.getInstance(bytes)).equals(Bytes.copyOf(bytes));
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static byte[] nested(int depth) {
        Bytes inner = Bytes.EMPTY;
        for (int level = 0; level < depth; level++) {
            int size = inner.size();
            inner =
                    Bytes.fromHex(
                                    size < 128
                                            ? "30%02x".formatted(size)
                                            : "3081%02x".formatted(size))
                            .concat(inner);
        }
        return inner.toArray();
    }
}
