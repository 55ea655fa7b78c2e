package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Party;
import org.entente.protocol.Bytes;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The agent's door for applications (docs/exchange.md §6), by the real `curl`.
final class DoorScene {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int ANSWER_SIZE_BYTES_MAX = 1 << 20;
    private static final Pattern ANSWER =
            Pattern.compile("HTTP/\\S+ (\\d+).*?\\r?\\n(.*?)\\r?\\n\\r?\\n(.*)", Pattern.DOTALL);

    private final Alliance alliance;
    private final Way way;
    private final URI agent;

    /// @param head the headers in lower case
    private record Answer(int status, String head, String body) {
        JsonNode json() {
            return Json.read(Bytes.utf8(body), ANSWER_SIZE_BYTES_MAX).orThrow();
        }

        String code() {
            return json().path("code").asString();
        }
    }

    DoorScene(Alliance alliance) {
        this.alliance = alliance;
        this.way = Way.from(alliance.town(), Market.ORDERS);
        this.agent = alliance.ground().agent(Party.ALPHA);
    }

    /// The very lines of the guide, then status, events and what arrives on the other side.
    void guide() throws Exception {
        way.put("7", "\"seven\"");
        JsonNode status;
        String exchange;
        try (Shell shell = shell(Market.ORDERS.requester())) {
            String asked = run(shell, block("curl -s $agent https://AGENT/v1/exchanges "));
            status = Json.read(Bytes.utf8(asked), ANSWER_SIZE_BYTES_MAX).orThrow();
            assertThat(status.path("outcome").asString()).isEqualTo("APPLIED");
            exchange = status.path("exchange").asString();
            Answer found = curl(shell, agent + "/v1/exchanges/" + exchange);
            assertThat(found.json().path("newest")).isEqualTo(status);
            Answer events = curl(shell, "-N " + agent + "/v1/exchanges/" + exchange + "/events");
            assertThat(events.head()).contains("content-type: text/event-stream");
            assertThat(events.body()).startsWith("event: SETTLED").contains(exchange);
        }
        assertThat(way.delivered("7")).contains("\"seven\"");
        try (Shell shell = shell(Market.CUSTOMS.requester())) {
            prepare(shell);
            URI other = alliance.ground().agent(Party.BETA);
            Answer page = curl(shell, "'" + other + "/v1/deliveries?after=0&limit=1000'");
            JsonNode last =
                    page.json().path("deliveries").get(page.json().path("deliveries").size() - 1);
            assertThat(last.path("exchange").asString()).isEqualTo(exchange);
            assertThat(last.path("writes").get(0).path("value").asString())
                    .isEqualTo(base64("\"seven\""));
            long next = page.json().path("next").asLong();
            assertThat(last.path("cursor").asLong()).isEqualTo(next);
            Answer empty = curl(shell, "'" + other + "/v1/deliveries?after=" + next + "'");
            assertThat(empty.json().path("deliveries").size()).isZero();
            assertThat(empty.json().path("next").asLong()).isEqualTo(next);
            assertThat(curl(shell, "'" + other + "/v1/deliveries?limit=0'").code())
                    .isEqualTo("INVALID_VALUE");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    void refusals() throws Exception {
        way.put("same", "\"same\"");
        try (Shell shell = shell(Market.ORDERS.requester())) {
            prepare(shell);
            assertThat(post(shell, "{\"alliance\":").code()).isEqualTo("MALFORMED");
            assertThat(post(shell, body("orders-to-nowhere", "same", "")).code())
                    .isEqualTo("UNKNOWN_FLOW");
            assertThat(post(shell, body(Market.CUSTOMS.flow(), "same", "")).code())
                    .isEqualTo("WRONG_ROLE");
            assertThat(post(shell, body(Market.ORDERS.flow(), "same", ", \"wish\": 1")).code())
                    .isEqualTo("UNKNOWN_FIELD");
            Answer form = curl(shell, agent + "/v1/exchanges -d '{}'");
            assertThat(form.status()).isEqualTo(415);
            huge(shell);
            same(shell);
            Answer nobody =
                    answer(shell, "curl -si --cacert chain.pem " + agent + "/v1/deliveries");
            assertThat(nobody.code()).isEqualTo("CERTIFICATE_REQUIRED");
            assertThat(curl(shell, agent + "/v1/exchanges/" + "0".repeat(64)).code())
                    .isEqualTo("NOT_FOUND");
            assertThat(curl(shell, agent + "/v1/exchanges/nothing").code()).isEqualTo("NOT_FOUND");
        }
        stranger();
    }

    /// A body of a gigabyte that says beforehand how large it is, and one that does not.
    private void huge(Shell shell) throws Exception {
        String zeros = "head -c 1G /dev/zero | ";
        String put = " -X POST -H 'Content-Type: application/json' -H 'Expect:' -T - ";
        Answer chunked = answer(shell, zeros + "curl -si $agent" + put + agent + "/v1/exchanges");
        assertThat(chunked.code()).isEqualTo("TOO_LARGE");
        Answer sized =
                answer(
                        shell,
                        zeros
                                + "curl -si $agent -H 'Content-Length: 1073741824'"
                                + " -H 'Transfer-Encoding:'"
                                + put
                                + agent
                                + "/v1/exchanges");
        assertThat(sized.code()).isEqualTo("TOO_LARGE");
    }

    /// The same question again is the same request; another under its name is refused.
    private void same(Shell shell) throws Exception {
        String id = ", \"exchangeId\": \"" + "5a".repeat(32) + "\"";
        String question = body(Market.ORDERS.flow(), "same", id);
        JsonNode first = post(shell, question).json();
        assertThat(first.path("outcome").asString()).isEqualTo("APPLIED");
        assertThat(post(shell, question).json()).isEqualTo(first);
        assertThat(post(shell, body(Market.ORDERS.flow(), "other", id)).code())
                .isEqualTo("ATTEMPT_REUSED");
        Answer found = curl(shell, agent + "/v1/exchanges/" + first.path("exchange").asString());
        assertThat(found.json().path("attempts").size()).isEqualTo(1);
    }

    /// Another organisation's application is let in nowhere.
    private void stranger() throws Exception {
        try (Shell shell = shell(Market.CUSTOMS.requester())) {
            prepare(shell);
            Path root = alliance.ground().path(Market.ORDERS.requester()).resolve("chain.pem");
            Shell.Result refused =
                    shell.run(
                            "curl -si --cacert "
                                    + root
                                    + " --cert certificate.pem --key key.pem "
                                    + agent
                                    + "/v1/deliveries",
                            LIMIT);
            boolean shut = refused.exitCode() != 0 && refused.output().isEmpty();
            assertThat(shut || refused.output().contains("FOREIGN"))
                    .as(refused.toString())
                    .isTrue();
        }
    }

    /// Without the relay the door says so, with the time to wait; the same question is answered
    /// when it is back.
    void away() throws Exception {
        way.put("away", "\"away\"");
        String question =
                body(Market.ORDERS.flow(), "away", ", \"exchangeId\": \"" + "a7".repeat(32) + "\"");
        try (Shell shell = shell(Market.ORDERS.requester())) {
            prepare(shell);
            alliance.processes().kill("relay");
            try {
                Answer away = post(shell, question);
                assertThat(away.status()).isEqualTo(503);
                assertThat(away.head()).contains("retry-after: 1");
                assertThat(away.head()).contains("application/problem+json");
                assertThat(away.code()).isEqualTo("OVERLOADED");
                assertThat(away.json().path("retryable").asBoolean()).isTrue();
                assertThat(away.json().path("detail").asString()).contains("the relay is away");
                assertThat(curl(shell, agent + "/v1/exchanges/" + "a".repeat(64)).code())
                        .isEqualTo("OVERLOADED");
                // What arrived before is the agent's own.
                assertThat(curl(shell, agent + "/v1/deliveries").status()).isEqualTo(200);
            } finally {
                alliance.processes().start(List.of("relay"));
            }
            for (Party party : alliance.ground().members()) {
                alliance.awaitLink(party);
            }
            assertThat(post(shell, question).json().path("outcome").asString())
                    .isEqualTo("APPLIED");
        }
    }

    private String body(String flow, String name, String more) {
        return "{\"alliance\": \""
                + alliance.id()
                + "\", \"contract\": \"trade\", \"flow\": \""
                + flow
                + "\", \"arguments\": "
                + way.arguments(name)
                + more
                + "}";
    }

    private Answer post(Shell shell, String body) throws Exception {
        return curl(
                shell,
                agent
                        + "/v1/exchanges -H 'Prefer: wait=30' -H 'Content-Type: application/json'"
                        + " -d '"
                        + body
                        + "'");
    }

    private static Answer curl(Shell shell, String rest) throws Exception {
        return answer(shell, "curl -si $agent " + rest);
    }

    private static Answer answer(Shell shell, String command) throws Exception {
        Shell.Result result = shell.run(command, LIMIT);
        Matcher matcher = ANSWER.matcher(result.output());
        assertThat(matcher.find()).as(command + "\n" + result).isTrue();
        return new Answer(
                Integer.parseInt(matcher.group(1)),
                matcher.group(2).toLowerCase(Locale.ROOT),
                matcher.group(3));
    }

    private static String run(Shell shell, String command) throws Exception {
        Shell.Result result = shell.run(command, LIMIT);
        assertThat(result.exitCode()).as(command + "\n" + result).isZero();
        return result.output();
    }

    /// Key and variable, as the guide makes them.
    private void prepare(Shell shell) throws Exception {
        run(shell, block("curl -s $agent https://AGENT/v1/exchanges ").split("curl ", 2)[0]);
    }

    private Shell shell(String requester) throws Exception {
        return new Shell(alliance.ground().path(requester), Map.of());
    }

    /// The block of the guide that holds a line, for this agent and alliance.
    private String block(String line) throws Exception {
        Path guide = Path.of("..", "docs", "guide.md");
        for (String block : Files.readString(guide).split("```", -1)) {
            if (block.startsWith("sh\n") && block.contains(line)) {
                return block.substring(3)
                        .replace("https://AGENT", agent.toString())
                        .replace("ALLIANCE", alliance.id())
                        .strip();
            }
        }
        throw new AssertionError("the guide has no block with " + line);
    }
}
