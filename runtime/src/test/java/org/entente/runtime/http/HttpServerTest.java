package org.entente.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.fixture.RawClient;
import org.entente.runtime.http.fixture.Serving;
import org.entente.runtime.json.Json;
import org.entente.runtime.metrics.Health;
import org.entente.runtime.metrics.Metrics;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/// What a client sees of ordinary requests and of those that are wrong.
final class HttpServerTest {
    private static final String POST_ECHO = "POST /echo HTTP/1.1\r\nhost: h\r\n";

    private record Point(int x, int y) {}

    private static final Routes ROUTES =
            Routes.none()
                    .get("/hello", _ -> Reply.bytes("text/plain", Bytes.utf8("hello")))
                    .get(
                            "/v1/alliances/{id}/epochs/{n}",
                            request ->
                                    Reply.json(
                                            List.of(
                                                    request.parameter("id"),
                                                    request.parameter("n"),
                                                    request.queried("after").orElse("-"))))
                    .get("/v1/alliances/mine/epochs/{n}", _ -> Reply.empty(204))
                    .post(
                            "/points",
                            Limits.standard().mediaTypes("application/json"),
                            HttpServerTest::point)
                    .post("/echo", request -> Reply.bytes("text/plain", request.body()))
                    .get(
                            "/broken",
                            _ -> {
                                throw new IllegalStateException("the secret of the house");
                            })
                    .get(
                            "/refused",
                            _ ->
                                    Reply.problem(
                                            Verdict.rejected(Fault.RATE_LIMITED, "twice a second"),
                                            java.time.Duration.ofMillis(1_500)))
                    .get(
                            "/header",
                            request ->
                                    Reply.empty(200)
                                            .with("x-told", request.queried("v").orElse("")))
                    .get(
                            "/stream",
                            _ ->
                                    Reply.stream(
                                            "text/plain",
                                            body -> {
                                                for (int index = 0; index < 100_000; index++) {
                                                    body.write(
                                                            "0123456789"
                                                                    .getBytes(
                                                                            java.nio.charset
                                                                                    .StandardCharsets
                                                                                    .US_ASCII));
                                                }
                                            }));

    private static Reply point(Request request) {
        return switch (Json.read(request.body(), Limits.BODY_SIZE_BYTES_MAX, Point.class)) {
            case Parsed.Value<Point>(Point point) -> Reply.json(201, point);
            case Parsed.Refused<Point>(Verdict.Rejected why) -> Reply.problem(why);
        };
    }

    private static JsonNode problem(HttpResponse<String> answer, Fault fault) {
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/problem+json");
        return problem(answer.body(), fault);
    }

    private static JsonNode problem(String body, Fault fault) {
        JsonNode problem = Json.read(Bytes.utf8(body), 1 << 16).orThrow();
        assertThat(problem.get("code").asString()).isEqualTo(fault.name());
        assertThat(problem.get("type").asString()).isEqualTo("/faults/" + fault);
        assertThat(problem.get("status").asInt()).isEqualTo(fault.httpStatus());
        assertThat(problem.get("retryable").asBoolean()).isEqualTo(fault.isRetryable());
        assertThat(problem.get("next").asString()).isEqualTo(fault.next());
        return problem;
    }

    @Test
    void a_template_gives_the_handler_its_parameters_and_query() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            assertThat(serving.get("/v1/alliances/a%20b/epochs/7?after=x%2by+z").body())
                    .isEqualTo("[\"a b\",\"7\",\"x+y z\"]");
            assertThat(serving.get("/v1/alliances/mine/epochs/7").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void addresses_that_point_elsewhere_are_refused_before_any_route() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            for (String path :
                    List.of(
                            "/v1/alliances/../epochs/1",
                            "/v1/alliances/%2e%2e/epochs/1",
                            "/v1/alliances/a%2fb/epochs/1",
                            "/v1/alliances/a%5cb/epochs/1",
                            "/v1/alliances/a%00/epochs/1",
                            "/v1/alliances/a%0d%0ab/epochs/1",
                            "/v1/alliances/%c0%af/epochs/1",
                            "/v1/alliances/%zz/epochs/1",
                            "/v1/alliances/%2/epochs/1",
                            "/hello?a=%f")) {
                try (RawClient client = serving.raw()) {
                    client.send("GET " + path + " HTTP/1.1\r\nhost: h\r\n\r\n");
                    assertThat(client.readAnswer()).as(path).startsWith("HTTP/1.1 400");
                }
            }
            problem(serving.get("/hello?a=1&a=2"), Fault.DUPLICATE_FIELD);
            problem(serving.get("/hello/"), Fault.NOT_FOUND);
            problem(serving.get("/v1/alliances//epochs/1"), Fault.NOT_FOUND);
        }
    }

    @Test
    void an_unknown_address_and_an_unknown_method_have_their_faults() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            problem(serving.get("/nowhere"), Fault.NOT_FOUND);
            HttpResponse<String> answer = serving.post("/hello", "");
            problem(answer, Fault.METHOD_NOT_ALLOWED);
            assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
        }
    }

    @Test
    void head_is_get_without_the_body() throws Exception {
        try (Serving serving = Serving.plain(ROUTES);
                RawClient client = serving.raw()) {
            client.send("HEAD /hello HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n");
            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 200")
                    .contains("content-length: 5")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void json_is_read_strictly() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            assertThat(serving.post("/points", "{\"x\":1,\"y\":2}").body())
                    .isEqualTo("{\"x\":1,\"y\":2}");
            problem(serving.post("/points", "{\"x\":1,\"y\":2,\"z\":3}"), Fault.UNKNOWN_FIELD);
            problem(serving.post("/points", "{\"x\":1,\"x\":2}"), Fault.DUPLICATE_FIELD);
            problem(serving.post("/points", "{\"x\":1"), Fault.MALFORMED);
            problem(serving.post("/points", "{\"x\":1}"), Fault.INVALID_VALUE);
            problem(
                    serving.post("/points", "[".repeat(10_000) + "]".repeat(10_000)),
                    Fault.TOO_DEEP);
        }
    }

    @Test
    void another_media_type_is_refused() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            HttpResponse<String> answer =
                    serving.send(
                            serving.to("/points")
                                    .header("content-type", "text/xml")
                                    .POST(HttpRequest.BodyPublishers.ofString("<x/>")));
            problem(answer, Fault.UNSUPPORTED_MEDIA_TYPE);
            assertThat(
                            serving.send(
                                            serving.to("/points")
                                                    .header(
                                                            "content-type",
                                                            "application/json; charset=utf-8")
                                                    .POST(
                                                            HttpRequest.BodyPublishers.ofString(
                                                                    "{\"x\":1,\"y\":2}")))
                                    .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void a_handler_that_throws_is_answered_with_an_incident_and_nothing_else() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            HttpResponse<String> answer = serving.get("/broken");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(problem(answer, Fault.INTERNAL).get("detail").asString())
                    .matches("incident [0-9a-f-]{36}");
            assertThat(answer.body()).doesNotContain("secret", "Exception", "org.entente");
            assertThat(serving.get("/hello").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_problem_has_the_fields_of_the_protocol_and_no_other() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            HttpResponse<String> answer = serving.get("/refused");
            JsonNode problem = problem(answer, Fault.RATE_LIMITED);
            assertThat(problem.propertyNames())
                    .containsExactly(
                            "type",
                            "title",
                            "status",
                            "detail",
                            "code",
                            "retryable",
                            "retryAfterMillis",
                            "next");
            assertThat(problem.get("title").asString()).isEqualTo("Rate limited");
            assertThat(problem.get("detail").asString()).isEqualTo("twice a second");
            assertThat(problem.get("retryAfterMillis").asInt()).isEqualTo(1_500);
            assertThat(answer.headers().firstValue("retry-after")).contains("2");
        }
    }

    @Test
    void a_reply_cannot_smuggle_a_header() throws Exception {
        assertThatThrownBy(() -> Reply.empty(200).with("x", "a\r\nset-cookie: b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reply.empty(200).with("x\r\ny", "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reply.bytes("text/html\nx: y", Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
        try (Serving serving = Serving.plain(ROUTES)) {
            assertThat(serving.get("/header?v=plain").headers().firstValue("x-told"))
                    .contains("plain");
            problem(serving.get("/header?v=a%c2%a0b"), Fault.INTERNAL);
        }
    }

    @Test
    void kept_alive_and_pipelined_requests_are_answered_in_order() throws Exception {
        try (Serving serving = Serving.plain(ROUTES);
                RawClient client = serving.raw()) {
            String post = POST_ECHO + "content-length: 1\r\n\r\n";
            client.send(post + "a" + post + "b" + post + "c");
            assertThat(client.readAnswer()).endsWith("a");
            assertThat(client.readAnswer()).endsWith("b");
            assertThat(client.readAnswer()).endsWith("c");
            client.send(post + "d");
            assertThat(client.readAnswer()).endsWith("d");
        }
    }

    @Test
    void what_is_no_http_is_answered_malformed_and_closed() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            for (String text :
                    List.of(
                            "\u0016\u0003\u0001 no http at all\r\n\r\n",
                            POST_ECHO + "content-length: 1\r\ncontent-length: 2\r\n\r\nab",
                            "GET /hello HTTP/1.1\r\nhost: h\r\nx: a\u0000b\r\n\r\n")) {
                try (RawClient client = serving.raw()) {
                    assertThat(client.send(text).readToEnd()).as(text).startsWith("HTTP/1.");
                }
            }
        }
    }

    @Test
    void too_large_a_header_is_refused() throws Exception {
        try (Serving serving = Serving.plain(ROUTES);
                RawClient client = serving.raw()) {
            client.send("GET /hello HTTP/1.1\r\nx: " + "a".repeat(20_000) + "\r\n\r\n");
            assertThat(client.readToEnd()).contains(" 413 ").contains("TOO_LARGE");
        }
    }

    @Test
    void a_streamed_body_arrives_whole() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            assertThat(serving.get("/stream").body()).isEqualTo("0123456789".repeat(100_000));
        }
    }

    @Test
    void metrics_count_faults_and_time_routes_by_template() throws Exception {
        try (Serving serving = Serving.plain(ROUTES)) {
            serving.get("/v1/alliances/one/epochs/1");
            serving.get("/v1/alliances/two/epochs/2");
            serving.get("/nowhere/one");
            String text = serving.metrics().scrape();
            assertThat(text)
                    .contains("entente_faults_total{fault=\"NOT_FOUND\"} 1.0")
                    .contains(
                            "entente_http_requests_seconds_count{method=\"get\","
                                    + "route=\"/v1/alliances/{id}/epochs/{n}\",status=\"200\"} 2")
                    .contains("entente_http_inflight")
                    .contains("jvm_memory_used_bytes")
                    .doesNotContain("nowhere/one", "alliances/two");
        }
    }

    @Test
    void health_and_metrics_are_served_and_readiness_follows_its_checks() throws Exception {
        var database = new java.util.concurrent.atomic.AtomicReference<>(Health.Answer.up("3 ms"));
        Health health = Health.none().with("database", database::get);
        try (Metrics metrics = new Metrics();
                Serving serving = Serving.plain(Operations.routes(health, metrics))) {
            assertThat(serving.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(serving.get("/health/ready").statusCode()).isEqualTo(503);
            health.serving();
            assertThat(serving.get("/health/ready").body())
                    .isEqualTo(
                            "{\"status\":\"UP\",\"checks\":{\"database\":{\"status\":\"UP\","
                                    + "\"words\":\"3 ms\"},\"process\":{\"status\":\"UP\","
                                    + "\"words\":\"serving\"}}}");
            database.set(Health.Answer.down("no connection"));
            HttpResponse<String> down = serving.get("/health/ready");
            assertThat(down.statusCode()).isEqualTo(503);
            assertThat(down.body()).contains("no connection");
            database.set(Health.Answer.up("3 ms"));
            health.stopping();
            assertThat(serving.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(serving.get("/metrics").body()).contains("jvm_threads");
        }
    }

    @Test
    void two_routes_for_one_address_are_a_mistake_of_ours() {
        Routes one = Routes.none().get("/a/{x}", _ -> Reply.empty(204));
        assertThatThrownBy(() -> one.and(Routes.none().get("/a/{y}", _ -> Reply.empty(204))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
