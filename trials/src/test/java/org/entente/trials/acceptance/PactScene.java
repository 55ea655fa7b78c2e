package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.client.Failure;
import org.entente.client.Plan;
import org.entente.launcher.app.demo.Market;

import tools.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A pact on one chain waits for what another chain of the alliance sends there; when it has come,
/// the chain's own nodes fulfil it, once.
final class PactScene {
    private static final Market CHAIN = Market.CUSTOMS;
    private static final String NAME = "pact-0";
    private static final String VALUE = "\"cleared\"";

    private final Alliance alliance;
    private final Way way;

    PactScene(Alliance alliance) {
        this.alliance = alliance;
        this.way = Way.from(alliance.town(), Market.ORDERS);
    }

    void play() throws Exception {
        Path file = alliance.ground().path("pact.json");
        Files.writeString(
                file,
                """
                {
                  "until": "2999-01-01T00:00:00Z",
                  "when": [
                    {"inbox": "%s", "key": "%s", "is": "\\"cleared\\""},
                    {"key": "stock", "atLeast": 5}
                  ],
                  "then": [{"add": "stock", "amount": -5}, {"put": "shipped", "value": "%s"}]
                }
                """
                        .formatted(alliance.ground().inbox(CHAIN), CHAIN.received() + NAME, NAME));
        sent("put", "stock", "12");
        String pact = sent("agree", file.toString()).path("id").asString();
        String other = sent("agree", file.toString()).path("id").asString();
        assertThat(sent("withdraw", other).path("height").asLong()).isPositive();
        JsonNode standing = asked("pacts").path("pacts");
        assertThat(standing.size()).isEqualTo(1);
        assertThat(standing.get(0).path("id").asString()).isEqualTo(pact);
        assertThat(standing.get(0).path("ripe").asBoolean()).isFalse();
        assertThat(sent("fulfil").path("fulfilled").asInt()).isZero();
        assertThat(value("stock")).isEqualTo("12");

        assertThat(Traffic.isDone(way.carry(NAME, VALUE, Plan.STANDARD))).isTrue();
        Alliance.await("the nodes fulfil it", () -> asked("pacts").path("pacts").isEmpty());
        assertThat(value("shipped")).isEqualTo(NAME);
        assertThat(value("stock")).isEqualTo("7");
    }

    private String value(String key) throws Failure {
        return asked("get", key).path("value").asString();
    }

    /// By the chain's owner.
    private JsonNode sent(String... words) throws Failure {
        return run(
                List.of("--key", alliance.ground().path(CHAIN.word()).resolve("owner.p12") + ""),
                words);
    }

    private JsonNode asked(String... words) throws Failure {
        return run(List.of(), words);
    }

    private JsonNode run(List<String> more, String... words) throws Failure {
        List<String> line = new ArrayList<>(List.of("solo"));
        line.addAll(List.of(words));
        line.addAll(more);
        line.addAll(List.of("--node", alliance.ground().node(CHAIN).toString()));
        return alliance.terminal().run(line.toArray(String[]::new));
    }
}
