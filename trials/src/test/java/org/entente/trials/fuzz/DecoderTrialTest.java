package org.entente.trials.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class DecoderTrialTest {
    private static final int INPUTS = 200_000;
    private static final Path VECTORS = Path.of("..", "docs", "vectors");

    @TestFactory
    Stream<DynamicTest> mutated_inputs_are_refused_or_come_back_as_the_same_bytes()
            throws IOException {
        long seed = Long.getLong("seed", 1);
        return Subjects.all(VECTORS).stream()
                .map(subject ->
                        DynamicTest.dynamicTest(
                                subject.name(),
                                () -> {
                                    var outcome = DecoderTrial.run(subject, seed, INPUTS);
                                    System.out.println(outcome);
                                    assertThat(outcome.accepted()).isPositive();
                                }));
    }

    @Test
    void a_decoder_that_ignores_a_byte_is_found() {
        Bytes sound = Bytes.utf8("sound");
        Subject lenient =
                new Subject(
                        "lenient",
                        List.of(sound),
                        input -> input.size() == 5 ? Optional.of(sound) : Optional.empty());
        assertThatThrownBy(() -> DecoderTrial.run(lenient, 1, 1_000))
                .hasMessageContaining("read as other bytes");
    }

    @Test
    void a_decoder_that_throws_is_found() {
        Subject fragile =
                new Subject(
                        "fragile",
                        List.of(Bytes.utf8("sound")),
                        input ->
                                Optional.of(
                                        input.slice(0, 5).concat(input.slice(5, input.size()))));
        assertThatThrownBy(() -> DecoderTrial.run(fragile, 1, 1_000))
                .hasMessageContaining("thrown for");
    }
}
