package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.client.Plan;
import org.entente.launcher.app.demo.Market;
import org.entente.protocol.Bytes;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// `deliveries tail --follow` as a process of its own.
final class TailScene {
    private static final int LINE_SIZE_BYTES_MAX = 1 << 20;

    private final Alliance alliance;
    private final Way way;

    TailScene(Alliance alliance) {
        this.alliance = alliance;
        this.way = Way.from(alliance.town(), Market.ORDERS);
    }

    void play() throws Exception {
        String begin = cursor();
        applied("tail-0");
        Process tail = follow(begin);
        String cursor;
        try (BufferedReader lines = tail.inputReader(StandardCharsets.UTF_8)) {
            JsonNode first = next(lines);
            arrived(first, "tail-0");
            // What comes while it listens.
            applied("tail-1");
            arrived(next(lines), "tail-1");
            cursor = first.path("cursor").asString();
        } finally {
            tail.destroyForcibly().waitFor();
        }
        applied("tail-2");
        Process again = follow(cursor);
        try (BufferedReader lines = again.inputReader(StandardCharsets.UTF_8)) {
            arrived(next(lines), "tail-1");
            arrived(next(lines), "tail-2");
        } finally {
            again.destroyForcibly().waitFor();
        }
    }

    private void applied(String name) throws Exception {
        assertThat(Traffic.isDone(way.carry(name, "\"" + name + "\"", Plan.STANDARD))).isTrue();
    }

    /// How far the deliveries have come.
    private String cursor() throws Exception {
        return alliance.terminal()
                .run("deliveries", "tail", "--identity", identity())
                .path("next")
                .asString();
    }

    private String identity() {
        return alliance.ground().path(Market.CUSTOMS.requester()).toString();
    }

    private Process follow(String after) throws IOException {
        List<String> line =
                new ArrayList<>(
                        List.of("deliveries", "tail", "--identity", identity(), "--follow"));
        if (!after.isEmpty()) {
            line.addAll(List.of("--after", after));
        }
        return alliance.script()
                .builder(line)
                .redirectError(alliance.ground().path("log").resolve("tail").toFile())
                .start();
    }

    private static JsonNode next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        assertThat(line).isNotNull();
        return Json.read(Bytes.utf8(line), LINE_SIZE_BYTES_MAX).orThrow();
    }

    private static void arrived(JsonNode delivery, String name) {
        assertThat(delivery.path("flow").asString()).isEqualTo(Market.ORDERS.flow());
        JsonNode write = delivery.path("writes").get(0);
        assertThat(write.path("key").asString()).isEqualTo(Market.CUSTOMS.received() + name);
        assertThat(
                        new String(
                                Base64.getDecoder().decode(write.path("value").asString()),
                                StandardCharsets.UTF_8))
                .isEqualTo("\"" + name + "\"");
    }
}
