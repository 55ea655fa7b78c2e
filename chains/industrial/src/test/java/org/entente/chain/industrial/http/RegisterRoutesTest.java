package org.entente.chain.industrial.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Certificate;
import org.entente.certs.Signer;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.industrial.register.Firm;
import org.entente.chain.industrial.register.NamesTest;
import org.entente.chain.industrial.register.Town;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertDeed;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.register.alert.Filter;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.Profile;
import org.entente.chain.industrial.register.device.Report;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.Level;
import org.entente.chain.industrial.register.identifier.Resolve;
import org.entente.chain.industrial.register.order.Bundle;
import org.entente.chain.industrial.register.order.OrderDeed;
import org.entente.chain.industrial.store.LocalAlerts;
import org.entente.chain.industrial.worker.AlertBook;
import org.entente.chain.industrial.worker.AlertBooks;
import org.entente.chain.state.StateKey;
import org.entente.chain.state.StateLeaf;
import org.entente.chain.state.StateProof;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.runtime.fixture.Described;
import org.entente.runtime.http.Headers;
import org.entente.runtime.http.Method;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registers as they are asked for.
final class RegisterRoutesTest {
    private static final Map<String, String> PRESS =
            Map.of("prefix", "88.118.2023", "suffix", "CH-21091301");
    private static final JsonMapper JSON = new JsonMapper();
    @TempDir Path directory;
    private final Town town = Town.peopled();
    private final ServedTwin chain = new ServedTwin(town::ledger, town::blocks).close();
    private final InstantSource clock = town::now;

    private static Request request(
            Map<String, String> parameters, Map<String, String> query, Bytes body) {
        return new Request(
                Method.GET,
                "/",
                Sorted.copyOf(parameters),
                Sorted.copyOf(query),
                Headers.NONE,
                body,
                List.of());
    }

    private static Request asked(Map<String, String> parameters) {
        return request(parameters, Map.of(), Bytes.EMPTY);
    }

    private static Bytes bytes(Reply reply) {
        if (reply instanceof Reply.Whole(int status, var _, Bytes body) && status == 200) {
            return body;
        }
        throw new AssertionError(reply);
    }

    private static JsonNode json(Reply reply) {
        return JSON.readTree(bytes(reply).asUtf8());
    }

    /// Whether it is what its route says that it answers is looked at too.
    private static JsonNode json(Routes routes, String path, Reply reply) {
        JsonNode json = json(reply);
        Described.fits(routes, path, json);
        return json;
    }

    private static Fault fault(Reply reply) {
        return ((Reply.Problem) reply).why().fault();
    }

    @Test
    void an_identifier_is_resolved_with_a_proof_of_the_newest_block() {
        NamesTest.registered(town);
        IdentifierRoutes routes = new IdentifierRoutes(chain, Town.VERIFIER, clock);
        assertThat(
                        json(
                                        routes.routes(),
                                        "GET /v1/identifiers/{prefix}",
                                        routes.prefix(asked(PRESS)))
                                .path("node")
                                .asString())
                .isEqualTo("https://press.example");
        JsonNode shown =
                json(
                        routes.routes(),
                        "GET /v1/identifiers/{prefix}/{suffix}",
                        routes.identifier(asked(PRESS)));
        assertThat(shown.path("owner").asString()).isEqualTo("press.example");
        JsonNode proved = shown.path("proved");
        StateKey key =
                StateKey.FORMAT.decode(Bytes.fromHex(proved.path("key").asString())).orThrow();
        CertifiedHeader header =
                CertifiedHeader.FORMAT
                        .decode(Bytes.fromHex(proved.path("header").asString()))
                        .orThrow();
        assertThat(header.header().height()).isEqualTo(shown.path("height").asLong());
        assertThat(
                        StateProof.FORMAT
                                .decode(Bytes.fromHex(proved.path("proof").asString()))
                                .orThrow()
                                .verify(key, header.header().stateRoot())
                                .orThrow()
                                .flatMap(StateLeaf::value))
                .contains(Digest.of(Bytes.fromHex(proved.path("value").asString())));
        assertThat(
                        json(
                                        routes.routes(),
                                        "GET /v1/identifiers/{prefix}/{suffix}/history",
                                        routes.history(asked(PRESS)))
                                .path("versions")
                                .size())
                .isEqualTo(1);
        assertThat(fault(routes.identifier(asked(Map.of("prefix", "88.1.1", "suffix", "a")))))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(routes.identifier(asked(Map.of("prefix", "88.1.1", "suffix", "ä")))))
                .isEqualTo(Fault.INVALID_VALUE);
        assertThat(fault(routes.prefix(asked(Map.of("prefix", "88.1.1")))))
                .isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void where_it_leads_is_shown_to_whom_it_is_granted_alone() {
        NamesTest.registered(town);
        town.done(
                town.press.account(),
                new IdentifierDeed.Describe(
                        NamesTest.PRESS, 2, NamesTest.described(Level.GRANTED, town.mill.id())));
        IdentifierRoutes routes = new IdentifierRoutes(chain, Town.VERIFIER, clock);
        JsonNode open =
                json(
                        routes.routes(),
                        "GET /v1/identifiers/{prefix}/{suffix}",
                        routes.identifier(asked(PRESS)));
        assertThat(open.path("type").asString()).isEqualTo("press");
        assertThat(open.path("resolved").isObject()).isFalse();
        assertThat(open.path("proved").isObject()).isFalse();
        assertThat(
                        json(
                                        routes.routes(),
                                        "POST /v1/identifiers/resolve",
                                        routes.resolve(resolve(town.mill.account())))
                                .path("resolved")
                                .isObject())
                .isTrue();
        assertThat(
                        json(
                                        routes.routes(),
                                        "POST /v1/identifiers/resolve",
                                        routes.resolve(resolve(town.audit.account())))
                                .path("resolved")
                                .isObject())
                .isFalse();
        Request early = resolve(town.mill.account());
        town.pass(Duration.ofMinutes(2));
        assertThat(fault(routes.resolve(early))).isEqualTo(Fault.REQUEST_EXPIRED);
        assertThat(fault(routes.resolve(request(Map.of(), Map.of(), Bytes.utf8("x")))))
                .isEqualTo(Fault.MALFORMED);
    }

    private Request resolve(Signer by) {
        return request(
                Map.of(),
                Map.of(),
                Resolve.FORMAT.encode(Resolve.by(by, Town.CHAIN, NamesTest.PRESS, town.now())));
    }

    @Test
    void devices_are_listed_and_shown_with_their_state_by_the_clock() {
        NamesTest.registered(town);
        Profile profile =
                new Profile(
                        "Hydraulic Presses",
                        "CH-21091301",
                        "Jack",
                        Town.BEGIN,
                        Town.BEGIN.plus(Duration.ofDays(1)),
                        Optional.empty());
        town.done(town.press.account(), new DeviceDeed.Apply(NamesTest.PRESS, profile));
        DeviceRoutes routes = new DeviceRoutes(chain, clock);
        assertThat(
                        json(routes.routes(), "GET /v1/devices", routes.list(asked(Map.of())))
                                .path("devices")
                                .size())
                .isEqualTo(1);
        assertThat(
                        json(
                                        routes.routes(),
                                        "GET /v1/devices",
                                        routes.list(
                                                request(
                                                        Map.of(),
                                                        Map.of("after", NamesTest.PRESS.text()),
                                                        Bytes.EMPTY)))
                                .path("devices")
                                .size())
                .isZero();
        assertThat(
                        json(
                                        routes.routes(),
                                        "GET /v1/devices/{prefix}/{suffix}",
                                        routes.device(asked(PRESS)))
                                .path("state")
                                .asString())
                .isEqualTo("APPLIED");
        told();
        assertThat(
                        json(
                                        routes.routes(),
                                        "GET /v1/devices/{prefix}/{suffix}/series",
                                        routes.series(
                                                request(
                                                        PRESS,
                                                        Map.of("name", "pressure"),
                                                        Bytes.EMPTY)))
                                .path("next")
                                .asLong())
                .isEqualTo(1);
        town.pass(Duration.ofDays(1));
        assertThat(
                        json(
                                        routes.routes(),
                                        "GET /v1/devices/{prefix}/{suffix}",
                                        routes.device(asked(PRESS)))
                                .path("state")
                                .asString())
                .isEqualTo("EXPIRED");
        assertThat(fault(routes.series(asked(PRESS)))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(routes.device(asked(Map.of("prefix", "88.1.1", "suffix", "a")))))
                .isEqualTo(Fault.NOT_FOUND);
    }

    /// The device says something.
    private void told() {
        Signer key = Firm.signer();
        Certificate certificate = town.press.certify(NamesTest.PRESS, key, Town.BEGIN);
        Signer org = town.press.account();
        town.done(org, new DeviceDeed.Certify(NamesTest.PRESS, certificate.der()));
        town.done(org, new DeviceDeed.Activate(NamesTest.PRESS));
        town.done(
                org,
                new Report(
                                Town.CHAIN,
                                NamesTest.PRESS,
                                certificate.digest(),
                                "pressure",
                                0,
                                Town.BEGIN,
                                Town.BEGIN.plusSeconds(9),
                                64,
                                Digest.ZERO)
                        .by(key));
    }

    @Test
    void an_order_is_shown_and_its_bundle_holds() {
        Digest id =
                new Digest(
                        town.done(
                                        town.mill.account(),
                                        new OrderDeed.Create(
                                                town.press.id(),
                                                town.audit.id(),
                                                Digest.ZERO,
                                                "40 gears"))
                                .output());
        OrderRoutes routes = new OrderRoutes(chain, town.press.account());
        Map<String, String> asked = Map.of("id", id.hex());
        assertThat(
                        json(routes.routes(), "GET /v1/orders/{id}", routes.order(asked(asked)))
                                .path("steps")
                                .size())
                .isEqualTo(1);
        assertThat(
                        Bundle.FORMAT
                                .decode(bytes(routes.bundle(asked(asked))))
                                .orThrow()
                                .verify(_ -> Verdict.accepted(), Town.VERIFIER)
                                .verdict()
                                .isAccepted())
                .isTrue();
        Map<String, String> other = Map.of("id", Digest.ZERO.hex());
        assertThat(fault(routes.order(asked(other)))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(routes.bundle(asked(other)))).isEqualTo(Fault.NOT_FOUND);
    }

    private static List<Long> numbers(JsonNode page) {
        return page.path("alerts").valueStream().map(each -> each.path("number").asLong()).toList();
    }

    @Test
    void alerts_are_heard_of_again_until_whoever_listens_asks_behind_them() throws IOException {
        for (int count = 0; count < 3; count++) {
            town.refused(town.stranger, new AlertDeed.Unsubscribe(Digest.ZERO));
        }
        Digest subscription =
                new Digest(
                        town.done(
                                        town.stranger,
                                        new AlertDeed.Subscribe(
                                                Filter.ALL, town.ledger().height() + 2))
                                .output());
        town.refused(town.stranger, new AlertDeed.Unsubscribe(Digest.ZERO));
        AlertBook book = AlertBooks.of(town);
        try (LocalAlerts local = LocalAlerts.open(directory, Digest.ZERO)) {
            AlertRoutes routes = new AlertRoutes(chain, book, local);
            assertThat(
                            numbers(
                                    json(
                                            routes.routes(),
                                            "GET /v1/alerts",
                                            routes.page(asked(Map.of())))))
                    .containsExactly(1L, 2L, 3L, 4L);
            assertThat(numbers(json(routes.routes(), "GET /v1/alerts", routes.page(after("2")))))
                    .containsExactly(3L, 4L);
            assertThat(
                            json(routes.routes(), "GET /v1/alerts", routes.page(after("4")))
                                    .path("next")
                                    .asLong())
                    .isEqualTo(4);
            assertThat(
                            numbers(
                                    json(
                                            routes.routes(),
                                            "GET /v1/alerts",
                                            routes.page(query("type", "NODE_OFFLINE")))))
                    .isEmpty();
            assertThat(
                            numbers(
                                    json(
                                            routes.routes(),
                                            "GET /v1/alerts",
                                            routes.page(
                                                    query(
                                                            "type",
                                                            "CONTRACT_ABORTED,VIEW_CHANGE")))))
                    .hasSize(4);
            assertThat(
                            numbers(
                                    json(
                                            routes.routes(),
                                            "GET /v1/alerts/subscriptions/{id}",
                                            routes.subscribed(
                                                    asked(Map.of("id", subscription.hex()))))))
                    .containsExactly(4L);
            assertThat(fault(routes.subscribed(asked(Map.of("id", Digest.ZERO.hex())))))
                    .isEqualTo(Fault.NOT_FOUND);
            for (Request bad : List.of(after("x"), query("type", "X"), query("levelMax", "-1"))) {
                assertThat(fault(routes.page(bad))).isEqualTo(Fault.INVALID_VALUE);
            }
            assertThat(routes.feed().first()).isEqualTo(1);
            assertThat(routes.feed().next()).isEqualTo(5);
        }
    }

    private static Request after(String number) {
        return query("after", number);
    }

    private static Request query(String name, String value) {
        return request(Map.of(), Map.of(name, value), Bytes.EMPTY);
    }

    @Test
    void what_a_node_finds_in_its_own_files_outlives_it() throws IOException {
        Alert found =
                new Alert(
                        AlertType.DATA_CORRUPT,
                        new Alert.Place(7, 0, 0),
                        Town.BEGIN,
                        Optional.empty(),
                        "press/7/film",
                        Optional.empty(),
                        "chunk 3 is damaged");
        try (LocalAlerts local = LocalAlerts.open(directory, Digest.ZERO)) {
            local.tell(found);
            local.tell(found);
        }
        try (LocalAlerts local = LocalAlerts.open(directory, Digest.ZERO)) {
            AlertRoutes routes = new AlertRoutes(chain, AlertBooks.of(town), local);
            JsonNode shown =
                    json(routes.routes(), "GET /v1/alerts/local", routes.found(after("1")));
            assertThat(shown.path("alerts").size()).isEqualTo(1);
            assertThat(shown.path("alerts").get(0).path("id").asString()).isEqualTo("local.2");
            assertThat(shown.path("next").asLong()).isEqualTo(2);
        }
    }
}
