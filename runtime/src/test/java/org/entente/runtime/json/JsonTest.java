package org.entente.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is not exactly right has its own fault.
final class JsonTest {
    private static final int SIZE_MAX = 1 << 20;

    record Point(int x, String label) {
        Point {
            if (x < 0) {
                throw new IllegalArgumentException("x is not negative, as " + x + " is");
            }
        }
    }

    private record Written(Bytes bytes, Name name, Instant at) {}

    private static Fault fault(Bytes json) {
        return switch (Json.read(json, SIZE_MAX, Point.class)) {
            case Parsed.Value<Point>(Point point) -> throw new AssertionError("read " + point);
            case Parsed.Refused<Point>(var why) -> why.fault();
        };
    }

    private static Fault fault(String json) {
        return fault(Bytes.utf8(json));
    }

    @Test
    void a_record_is_read_and_written_again() {
        Bytes json = Bytes.utf8("{\"x\":1,\"label\":\"a\"}");
        assertThat(Json.write(Json.read(json, SIZE_MAX, Point.class).orThrow())).isEqualTo(json);
    }

    @Test
    void each_mistake_has_its_fault() {
        assertThat(fault("{\"x\":1,\"label\":\"a\",\"y\":2}")).isEqualTo(Fault.UNKNOWN_FIELD);
        assertThat(fault("{\"x\":1,\"x\":1,\"label\":\"a\"}")).isEqualTo(Fault.DUPLICATE_FIELD);
        assertThat(fault("{\"x\":1,\"\\u0078\":1}")).isEqualTo(Fault.DUPLICATE_FIELD);
        for (String wrong :
                List.of(
                        "{\"x\":1}",
                        "{\"x\":\"1\",\"label\":\"a\"}",
                        "{\"x\":1.5,\"label\":\"a\"}",
                        "{\"x\":null,\"label\":\"a\"}",
                        "{\"x\":1,\"label\":null}",
                        "{\"x\":1,\"label\":7}",
                        "{\"x\":99999999999,\"label\":\"a\"}",
                        "{\"x\":-1,\"label\":\"a\"}",
                        "{\"x\":1,\"label\":\"a\"} {}",
                        "[]",
                        "null")) {
            assertThat(fault(wrong)).as(wrong).isEqualTo(Fault.INVALID_VALUE);
        }
        for (String wrong :
                List.of("", "{", "{\"x\":01}", "{'x':1}", "{\"x\":NaN}", "{\"x\":1,}", "/**/{}")) {
            assertThat(fault(wrong)).as(wrong).isIn(Fault.MALFORMED, Fault.INVALID_VALUE);
        }
        assertThat(fault(Bytes.fromHex("22ff22"))).isEqualTo(Fault.MALFORMED);
        assertThat(fault(Bytes.copyOf("{}".getBytes(StandardCharsets.UTF_16))))
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(" ".repeat(SIZE_MAX + 1))).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault("[" + "1".repeat(200) + "]")).isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void sixty_four_levels_are_read_and_no_more() {
        Bytes good = Bytes.utf8("[".repeat(64) + "]".repeat(64));
        assertThat(Json.read(good, SIZE_MAX).verdict().isAccepted()).isTrue();
        assertThat(fault("[".repeat(65) + "]".repeat(65))).isEqualTo(Fault.TOO_DEEP);
    }

    @Test
    void ten_thousand_levels_are_answered_as_too_many() {
        for (String json : List.of("[".repeat(10_000), "{\"a\":".repeat(10_000))) {
            Fault answered = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> fault(json));
            assertThat(answered).isEqualTo(Fault.TOO_DEEP);
        }
    }

    @Test
    void values_of_the_protocol_are_written_as_texts() {
        Written value =
                new Written(
                        Bytes.copyOf(new byte[100]),
                        new Name("relay"),
                        Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(Json.write(value).asUtf8())
                .isEqualTo(
                        "{\"bytes\":\""
                                + "00".repeat(100)
                                + "\",\"name\":\"relay\",\"at\":\"2026-01-02T03:04:05Z\"}");
    }
}
