package org.entente.chain.industrial.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.merkle.InclusionProof;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class ReadingsTest {
    private static Readings drawn(Random random, int count) {
        List<Reading> all = new ArrayList<>();
        long at = random.nextLong(-1_000, 1_000);
        for (int index = 0; index < count; index++) {
            at += 1 + random.nextLong(1L << random.nextInt(1, 50));
            long value = random.nextLong() >> random.nextInt(64);
            all.add(new Reading(at, value, random.nextInt(4) == 0 ? random.nextInt(256) : 7));
        }
        return new Readings(all);
    }

    @Test
    void what_is_encoded_is_read_as_it_was_and_has_one_encoding() {
        Random random = new Random(3);
        for (int count = 0; count < 200; count++) {
            Readings readings = drawn(random, 1 + random.nextInt(20));
            Bytes encoded = readings.encoded();
            assertThat(Readings.decode(encoded)).isEqualTo(Parsed.of(readings));
            byte[] changed = encoded.toArray();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            Bytes other = Bytes.copyOf(changed, 0, changed.length - random.nextInt(2));
            if (Readings.decode(other) instanceof Parsed.Value<Readings>(Readings read)) {
                assertThat(read.encoded()).isEqualTo(other);
            }
        }
    }

    @Test
    void the_extremes_of_values_and_times_are_kept() {
        Readings readings =
                new Readings(
                        List.of(
                                new Reading(Long.MIN_VALUE, Long.MAX_VALUE, 255),
                                new Reading(0, Long.MIN_VALUE, 0),
                                new Reading(Long.MAX_VALUE, 0, 0)));
        assertThat(Readings.decode(readings.encoded())).isEqualTo(Parsed.of(readings));
    }

    @Test
    void a_steady_series_takes_few_bytes_for_each_reading() {
        List<Reading> all = new ArrayList<>();
        for (int index = 0; index < 1_000; index++) {
            all.add(
                    new Reading(
                            1_780_000_000_000_000_000L + index * 10_000_000L,
                            20_000 + index % 3,
                            0));
        }
        assertThat(new Readings(all).encoded().size()).isLessThan(1_000 * 6);
    }

    @Test
    void readings_that_do_not_ascend_are_none() {
        Reading same = new Reading(5, 1, 0);
        assertThatThrownBy(() -> new Readings(List.of(same, same)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_claimed_count_takes_no_memory_that_the_bytes_do_not_have() {
        Varints.Writer writer = new Varints.Writer();
        writer.write(60_000);
        assertThat(Readings.decode(writer.written()).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        why -> assertThat(why.fault()).isEqualTo(Fault.MALFORMED));
    }

    @Test
    void a_summary_is_what_the_readings_come_to() {
        Summary summary = DataSamples.readings().summary().orThrow();
        assertThat(summary)
                .isEqualTo(
                        new Summary(
                                -5,
                                1_780_000_000_100_000_000L,
                                3,
                                -7,
                                20_130,
                                40_248,
                                summary.root()));
    }

    @Test
    void a_sum_past_64_bits_is_refused_not_wrapped() {
        Readings readings =
                new Readings(List.of(new Reading(1, Long.MAX_VALUE, 0), new Reading(2, 1, 0)));
        assertThat(readings.summary()).isInstanceOf(Parsed.Refused.class);
    }

    @Test
    void one_reading_is_proved_against_the_summary_and_no_other_is() {
        Readings readings = DataSamples.readings();
        Summary summary = readings.summary().orThrow();
        for (int index = 0; index < readings.all().size(); index++) {
            InclusionProof proof = readings.proof(index);
            Reading reading = readings.all().get(index);
            assertThat(summary.verify(reading, index, proof.path()).isAccepted()).isTrue();
            Reading other = new Reading(reading.at(), reading.value() + 1, reading.quality());
            assertThat(summary.verify(other, index, proof.path()).isAccepted()).isFalse();
            assertThat(summary.verify(reading, 3, proof.path()).isAccepted()).isFalse();
        }
    }
}
