package org.entente.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;

import org.entente.protocol.Bytes;
import org.entente.runtime.json.Json;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

import java.time.Instant;
import java.util.List;

/// One event, one line.
final class LogLayoutTest {
    private static LoggingEvent event(String message, String value) {
        var logger = new LoggerContext().getLogger("org.entente.relay.http.Door");
        LoggingEvent event = new LoggingEvent("", logger, Level.INFO, message, null, null);
        event.setInstant(Instant.parse("2026-01-02T03:04:05Z"));
        event.setKeyValuePairs(
                List.of(new KeyValuePair("serial", 7), new KeyValuePair("flow", value)));
        return event;
    }

    @Test
    void a_line_has_time_level_logger_message_and_fields() {
        assertThat(new LogLayout(LogFormat.TEXT).doLayout(event("accepted", "orders")))
                .isEqualTo(
                        "2026-01-02T03:04:05Z INFO relay.http.Door accepted serial=7"
                                + " flow=orders\n");
    }

    @Test
    void what_comes_from_outside_cannot_begin_a_line_or_a_field() {
        assertThat(new LogLayout(LogFormat.TEXT).doLayout(event("a\nb", "x\r\n2026 ERROR y=\"1\"")))
                .isEqualTo(
                        "2026-01-02T03:04:05Z INFO relay.http.Door a\\u000ab serial=7"
                                + " flow=\"x\\u000d\\u000a2026 ERROR y=\\\"1\\\"\"\n");
    }

    @Test
    void json_lines_parse_and_hold_the_same() {
        String line = new LogLayout(LogFormat.JSON).doLayout(event("acc\nepted", "orders"));
        assertThat(line.strip()).doesNotContain("\n");
        var fields = Json.read(Bytes.utf8(line), 1 << 16).orThrow();
        assertThat(fields.get("message").asString()).isEqualTo("acc\nepted");
        assertThat(fields.get("serial").asInt()).isEqualTo(7);
        assertThat(fields.get("flow").asString()).isEqualTo("orders");
    }

    @Test
    void an_exception_is_shown_with_its_trace() {
        LoggingEvent event = event("failed", "orders");
        event.setThrowableProxy(
                new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("why")));
        assertThat(new LogLayout(LogFormat.TEXT).doLayout(event))
                .contains("java.lang.IllegalStateException: why")
                .contains("\tat ");
    }
}
