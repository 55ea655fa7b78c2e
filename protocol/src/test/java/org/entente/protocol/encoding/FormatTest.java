package org.entente.protocol.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Purpose;
import org.entente.protocol.Verdict;
import org.entente.protocol.fixture.Samples;
import org.entente.protocol.fixture.Samples.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;

class FormatTest {
    private static final Format<String> TEXT =
            new Format<>(Purpose.STATE, 64, Encoder::text, decoder -> decoder.text(32));

    static List<Sample<?>> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_truncation_is_refused(Sample<?> sample) {
        Bytes bytes = sample.encoded();
        for (int size = 0; size < bytes.size(); size++) {
            assertThat(sample.format().decode(bytes.slice(0, size)))
                    .as("the first %d bytes", size)
                    .isInstanceOf(Parsed.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_flipped_bit_is_refused_or_read_as_exactly_those_bytes(Sample<?> sample) {
        byte[] bytes = sample.encoded().toArray();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            refusedOrRoundTrip(sample.format(), Bytes.copyOf(bytes));
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void no_object_passes_for_one_of_another_purpose(Sample<?> sample) {
        for (Sample<?> other : Samples.all()) {
            if (!other.format().purpose().equals(sample.format().purpose())) {
                assertThat(other.format().decode(sample.encoded()))
                        .isInstanceOf(Parsed.Refused.class);
            }
        }
    }

    @Test
    void what_is_larger_than_its_limit_is_refused_unread() {
        Parsed<String> parsed = TEXT.decode(Bytes.copyOf(new byte[65]));
        assertThat(parsed.verdict())
                .isEqualTo(
                        Verdict.rejected(
                                Fault.TOO_LARGE, "entente/state/v1 has 65 bytes, 64 are allowed"));
    }

    @Test
    void text_has_one_normal_form() {
        String composed = "é";
        String decomposed = "e\u0301";
        assertThat(TEXT.decode(TEXT.encode(composed))).isEqualTo(Parsed.of(composed));
        assertThatThrownBy(() -> TEXT.encode(decomposed)).hasMessageContaining("NFC");
        byte[] bytes = Bytes.utf8("entente/state/v1\0\0\0\0\3" + decomposed).toArray();
        assertThat(TEXT.decode(Bytes.copyOf(bytes)).verdict().toString()).contains("NFC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83d", "\ude00\ud83d", "\ud83d!"})
    void half_a_surrogate_pair_has_no_encoding(String text) {
        assertThatThrownBy(() -> TEXT.encode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void a_whole_surrogate_pair_is_text() {
        String text = "\ud83d\ude00";
        assertThat(TEXT.decode(TEXT.encode(text))).isEqualTo(Parsed.of(text));
    }

    @Test
    void a_time_finer_than_a_millisecond_has_no_encoding() {
        Format<Instant> format = new Format<>(Purpose.STATE, 64, Encoder::time, Decoder::time);
        assertThatThrownBy(() -> format.encode(Instant.ofEpochSecond(1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static <T> void refusedOrRoundTrip(Format<T> format, Bytes bytes) {
        switch (format.decode(bytes)) {
            case Parsed.Value<T>(T value) -> assertThat(format.encode(value)).isEqualTo(bytes);
            case Parsed.Refused<T> _ -> {}
        }
    }
}
