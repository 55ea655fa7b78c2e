package org.entente.chain.por.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

class HeaderHashTest {
    /// The header of the reference vectors of the chain, with what was found there.
    private static final Bytes PREFIX =
            Bytes.fromHex(
                    "00000001"
                            + "7975edd9e7393c229e744913fe0d0bb86fb4cf46906e2e51152137e20ad15590"
                            + "84fd9bac333ad79154348296204fa7f8c537a96e08983e5f73b3f5aca8e8edf7"
                            + "6553f100");

    private static final long NONCE = 2693;
    private static final Digest HASH =
            Digest.fromHex("00086e7fb38fef4eeb9fdb0a83336eb9affdda13a74be0d0128384fdbf2d6cec");
    private static final Target TARGET =
            new Target(
                    new BigInteger(
                            "10000000000000000000000000000000000000000000000000000000000000", 16));

    private static final BigInteger EVERYTHING = BigInteger.ONE.shiftLeft(256);

    @Test
    void the_reference_header_gives_the_reference_nonce_and_hash() {
        HeaderHash hash = new HeaderHash(PREFIX);
        assertThat(hash.find(TARGET, 0, 10_000)).hasValue(NONCE);
        assertThat(hash.of(NONCE)).isEqualTo(HASH);
        assertThat(hash.find(TARGET, 0, (int) NONCE)).isEmpty();
    }

    @Test
    void exactly_the_nonces_of_a_plain_search_are_found() {
        Random random = new Random(17);
        for (int round = 0; round < 8; round++) {
            byte[] prefix = new byte[HeaderHash.PREFIX_SIZE_BYTES];
            random.nextBytes(prefix);
            BigInteger target = EVERYTHING.shiftRight(round).subtract(BigInteger.valueOf(round));
            assertThat(found(Bytes.copyOf(prefix), new Target(target)))
                    .isEqualTo(plain(Bytes.copyOf(prefix), target));
        }
    }

    @Test
    void nonces_past_half_of_their_space_are_unsigned() {
        HeaderHash hash = new HeaderHash(PREFIX);
        long last = 0xffff_ffffL;
        assertThat(hash.find(new Target(EVERYTHING), last, 1)).hasValue(last);
        assertThat(hash.of(last)).isEqualTo(plain(PREFIX, last));
    }

    @Test
    void a_hash_is_below_a_target_and_not_at_it() {
        HeaderHash hash = new HeaderHash(PREFIX);
        BigInteger value = new BigInteger(1, HASH.bytes().toArray());
        assertThat(hash.find(new Target(value), NONCE, 1)).isEmpty();
        assertThat(hash.find(new Target(value.add(BigInteger.ONE)), NONCE, 1)).hasValue(NONCE);
        assertThat(hash.find(new Target(value.subtract(BigInteger.ONE)), NONCE, 1)).isEmpty();
    }

    @Test
    void the_first_eight_bytes_decide_as_the_whole_does() {
        for (String hash : List.of("00", "7f", "80", "ff")) {
            byte[] bytes = Bytes.fromHex(hash.repeat(32)).toArray();
            BigInteger value = new BigInteger(1, bytes);
            for (BigInteger step :
                    List.of(BigInteger.ONE, EVERYTHING.shiftRight(64), EVERYTHING.shiftRight(2))) {
                for (BigInteger target : List.of(value.subtract(step), value, value.add(step))) {
                    if (target.signum() > 0 && target.compareTo(EVERYTHING) <= 0) {
                        Target asked = new Target(target);
                        assertThat(asked.isAbove(bytes, asked.first()))
                                .isEqualTo(value.compareTo(target) < 0);
                    }
                }
            }
        }
    }

    @Test
    void every_hash_is_below_the_easiest_target_and_nothing_is_easier_or_without_end() {
        byte[] highest = Bytes.fromHex("ff".repeat(32)).toArray();
        Target easiest = new Target(EVERYTHING);
        assertThat(easiest.isAbove(highest, easiest.first())).isTrue();
        assertThatThrownBy(() -> new Target(EVERYTHING.add(BigInteger.ONE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Target(BigInteger.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Long> found(Bytes prefix, Target target) {
        HeaderHash hash = new HeaderHash(prefix);
        List<Long> found = new ArrayList<>();
        OptionalLong next = hash.find(target, 0, 1_000);
        while (next.isPresent()) {
            found.add(next.getAsLong());
            int from = (int) next.getAsLong() + 1;
            next = hash.find(target, from, 1_000 - from);
        }
        return found;
    }

    private static List<Long> plain(Bytes prefix, BigInteger target) {
        List<Long> found = new ArrayList<>();
        for (long nonce = 0; nonce < 1_000; nonce++) {
            byte[] hash = plain(prefix, nonce).bytes().toArray();
            if (new BigInteger(1, hash).compareTo(target) < 0) {
                found.add(nonce);
            }
        }
        return found;
    }

    private static Digest plain(Bytes prefix, long nonce) {
        byte[] last = ByteBuffer.allocate(4).putInt((int) nonce).array();
        return Digest.of(prefix.concat(Bytes.copyOf(last)));
    }
}
