package org.entente.chain.industrial.http.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.industrial.data.Chunks;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataChain;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataType;
import org.entente.chain.industrial.data.Description;
import org.entente.chain.industrial.data.Part;
import org.entente.chain.industrial.data.Reading;
import org.entente.chain.industrial.data.Readings;
import org.entente.chain.industrial.data.ShownChunk;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.worker.data.DataNode;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.runtime.fixture.Described;
import org.entente.runtime.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// Two nodes that keep data of one chain: the owner's, and the one with the replica.
final class DataHttpTest {
    private static final DataId ID = new DataId("88.118.2023/CH-21091301");
    private static final Bytes FILE = file();
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path directory;
    private final DataChain chain = new DataChain();

    /// As a clock has it, finer than what is stored.
    private Instant now = DataChain.BEGIN.plusNanos(123_456_789);

    private KeepingTwin replica;
    private KeepingTwin node;

    private static Bytes file() {
        byte[] bytes = new byte[Content.CHUNK_SIZE_BYTES + 5_000];
        new Random(9).nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    @BeforeEach
    void start() throws Exception {
        replica = new KeepingTwin(directory.resolve("b"), chain, () -> now, List.of());
        node =
                new KeepingTwin(
                        directory.resolve("a"), chain, () -> now, List.of(replica.address()));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        replica.close();
    }

    private static SortedMap<String, String> query(String... words) {
        SortedMap<String, String> query = new TreeMap<>();
        for (int at = 0; at < words.length; at += 2) {
            query.put(words[at], words[at + 1]);
        }
        return query;
    }

    private static SortedMap<String, String> named(String... words) {
        SortedMap<String, String> query = query(words);
        query.put("id", ID.text());
        return query;
    }

    private static JsonNode json(DataNode.Answer answer) {
        assertThat(answer.isDone()).as("%s", answer.body().asUtf8()).isTrue();
        return Json.read(answer.body(), 1 << 22).orThrow();
    }

    /// Whether it is what the node says that it answers there is looked at too.
    private JsonNode json(String address, DataNode.Answer answer) {
        JsonNode json = json(answer);
        Described.fits(node.routes(), address, json);
        return json;
    }

    private static Fault fault(DataNode.Answer answer) {
        assertThat(answer.isDone()).isFalse();
        return Fault.valueOf(Json.read(answer.body(), 1 << 20).orThrow().path("code").asString());
    }

    /// Sends the file and registers it.
    private Content.Stored put() throws Exception {
        try (DataNode owner = node.as(chain.owner)) {
            JsonNode begun =
                    json(
                            "POST /v1/data/uploads",
                            owner.ask(
                                    "POST",
                                    "/v1/data/uploads",
                                    named("size", Integer.toString(FILE.size())),
                                    Bytes.EMPTY));
            String upload = "/v1/data/uploads/" + begun.path("upload").asString();
            for (int index = 0; index < 2; index++) {
                int from = index * Content.CHUNK_SIZE_BYTES;
                Bytes chunk = FILE.slice(from, from + Chunks.size(index, FILE.size()));
                json(
                        "PUT /v1/data/uploads/{upload}/chunks/{index}",
                        owner.ask("PUT", upload + "/chunks/" + index, Sorted.empty(), chunk));
            }
            json("GET /v1/data/uploads/{upload}", owner.get(upload, query()));
            JsonNode sealed =
                    json(
                            "POST /v1/data/uploads/{upload}/seal",
                            owner.ask("POST", upload + "/seal", query(), Bytes.EMPTY));
            Content.Stored content =
                    new Content.Stored(
                            FILE.size(),
                            Digest.fromHex(sealed.path("root").asString()),
                            Digest.fromHex(sealed.path("key").asString()));
            chain.call(
                    chain.owner,
                    new DataDeed.Register(
                            ID,
                            new Description(
                                    DataType.BINARY,
                                    Optional.empty(),
                                    DataChain.BEGIN,
                                    "",
                                    "",
                                    Sorted.empty(),
                                    Optional.empty(),
                                    content)));
            return content;
        }
    }

    private DataNode.Answer ask(Signer by, String path, SortedMap<String, String> query)
            throws Exception {
        try (DataNode asking = node.as(by)) {
            return asking.get(path, query);
        }
    }

    private static void eventually(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void what_was_sent_is_read_back_whole_in_part_and_chunk_by_chunk_with_proofs()
            throws Exception {
        Content.Stored content = put();
        try (DataNode owner = node.as(chain.owner)) {
            HttpResponse<InputStream> whole = owner.stream("/v1/data/content", named());
            try (InputStream body = whole.body()) {
                assertThat(Bytes.copyOf(body.readAllBytes())).isEqualTo(FILE);
            }
            assertThat(whole.headers().firstValue("entente-size"))
                    .contains(Integer.toString(FILE.size()));
            int from = Content.CHUNK_SIZE_BYTES - 10;
            assertThat(
                            owner.get(
                                            "/v1/data/content",
                                            named("from", Integer.toString(from), "size", "30"))
                                    .body())
                    .isEqualTo(FILE.slice(from, from + 30));
            assertThat(fault(owner.get("/v1/data/content", named("from", "9999999"))))
                    .isEqualTo(Fault.INVALID_VALUE);
            for (int index = 0; index < 2; index++) {
                ShownChunk shown =
                        ShownChunk.FORMAT
                                .decode(owner.get("/v1/data/chunks/" + index, named()).body())
                                .orThrow();
                assertThat(shown.verify(content).isAccepted()).isTrue();
            }
            JsonNode record =
                    json(
                            "GET /v1/data/records",
                            owner.get("/v1/data/records", named("proof", "true")));
            assertThat(record.path("version").path("stored").path("root").asString())
                    .isEqualTo(content.root().hex());
            assertThat(record.path("proofs").size()).isEqualTo(2);
            assertThat(
                            json("GET /v1/data/history", owner.get("/v1/data/history", named()))
                                    .path("versions")
                                    .size())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_series_is_shown_with_its_batches_and_gaps_and_their_proofs() throws Exception {
        DataId id = new DataId("press/7/bar");
        chain.call(
                chain.owner,
                new DataDeed.Register(
                        id,
                        new Description(
                                DataType.SERIES,
                                Optional.empty(),
                                DataChain.BEGIN,
                                "",
                                "",
                                Sorted.empty(),
                                Optional.empty(),
                                new Content.Batches(0, "bar"))));
        Readings readings = new Readings(List.of(new Reading(10, 2_000, 0)));
        chain.call(
                chain.owner,
                new DataDeed.Batch(
                        id,
                        0,
                        new Part.Batch(
                                Part.Timing.IN_TURN,
                                readings.summary().orThrow(),
                                new Content.Inline(readings.encoded()),
                                Optional.empty())));
        chain.call(chain.owner, new DataDeed.Batch(id, 1, new Part.Gap(2, "the line was down")));
        JsonNode shown =
                json(
                        "GET /v1/data/series",
                        ask(
                                chain.owner,
                                "/v1/data/series",
                                query("id", id.text(), "proof", "true")));
        assertThat(shown.path("missing").asLong()).isEqualTo(2);
        assertThat(shown.path("parts").size()).isEqualTo(2);
        assertThat(shown.path("proofs").size()).isEqualTo(4);
    }

    @Test
    void who_is_granted_reads_for_that_purpose_and_the_owner_sees_who_read() throws Exception {
        put();
        String path = "/v1/data/content";
        SortedMap<String, String> audit = named("purpose", "audit", "size", "7");
        assertThat(fault(ask(chain.reader, path, audit))).isEqualTo(Fault.NOT_YOURS);
        chain.call(
                chain.owner,
                new DataDeed.Allow(
                        ID, chain.reader.key(), "audit", DataChain.BEGIN.plusSeconds(600)));
        assertThat(ask(chain.reader, path, audit).body()).isEqualTo(FILE.slice(0, 7));
        assertThat(fault(ask(chain.reader, path, named("purpose", "sale"))))
                .isEqualTo(Fault.NOT_YOURS);
        JsonNode reads =
                json("GET /v1/data/reads", ask(chain.owner, "/v1/data/reads", named()))
                        .path("reads");
        assertThat(reads.size()).isEqualTo(1);
        assertThat(reads.get(0).path("account").asString())
                .isEqualTo(chain.reader.key().toString());
        assertThat(reads.get(0).path("purpose").asString()).isEqualTo("audit");
        assertThat(fault(ask(chain.reader, "/v1/data/reads", named()))).isEqualTo(Fault.NOT_YOURS);
        now = now.plusSeconds(601);
        assertThat(fault(ask(chain.reader, path, audit))).isEqualTo(Fault.NOT_YOURS);
    }

    @Test
    void a_request_is_of_its_account_its_minute_and_its_words() throws Exception {
        put();
        HttpRequest bare =
                HttpRequest.newBuilder(
                                node.address()
                                        .resolve("/v1/data/content?id=88.118.2023/CH-21091301"))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            var answer = http.send(bare, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(Fault.UNSIGNED.httpStatus());
        }
        URI address = node.address();
        Instant late = now.minusSeconds(61);
        try (DataNode old =
                        new DataNode(
                                address,
                                Optional.empty(),
                                DataChain.CHAIN,
                                chain.owner,
                                () -> late);
                DataNode elsewhere =
                        new DataNode(
                                address,
                                Optional.empty(),
                                new org.entente.protocol.ChainId("icb:other"),
                                chain.owner,
                                () -> now)) {
            assertThat(fault(old.get("/v1/data/content", named())))
                    .isEqualTo(Fault.REQUEST_EXPIRED);
            assertThat(fault(elsewhere.get("/v1/data/content", named())))
                    .isEqualTo(Fault.BAD_SIGNATURE);
        }
        assertThat(
                        fault(
                                ask(
                                        chain.reader,
                                        "/v1/data/replicas/" + Digest.ZERO + "/chunks/0",
                                        Sorted.empty())))
                .isEqualTo(Fault.NOT_YOURS);
    }

    @Test
    void damage_is_found_by_verify_and_by_the_scrub_and_healed_from_the_replica() throws Exception {
        put();
        eventually("the replica has both chunks", () -> replica.chunks().size() == 2);
        assertThat(replica.hasKeys()).isFalse();
        Path chunk = node.chunks().getFirst();
        KeepingTwin.damage(chunk);
        JsonNode verified =
                json("GET /v1/data/verify", ask(chain.owner, "/v1/data/verify", named()));
        assertThat(verified.path("sound").asBoolean()).isFalse();
        assertThat(verified.path("damaged").size()).isEqualTo(1);
        node.scrub().run();
        assertThat(node.scrub().state().healed()).isEqualTo(1);
        assertThat(node.scrub().state().damaged()).isEmpty();
        assertThat(
                        json("GET /v1/data/verify", ask(chain.owner, "/v1/data/verify", named()))
                                .path("sound")
                                .asBoolean())
                .isTrue();
        KeepingTwin.damage(chunk);
        KeepingTwin.damage(replica.chunk(Digest.fromHex(String.valueOf(chunk.getFileName()))));
        node.scrub().run();
        JsonNode scrub =
                json("GET /v1/data/scrub", ask(chain.owner, "/v1/data/scrub", Sorted.empty()));
        assertThat(scrub.path("damaged").size()).isEqualTo(1);
        assertThat(scrub.path("damaged").get(0).path("code").asString())
                .isEqualTo(Fault.DATA_CORRUPT.name());
        try (DataNode member = node.as(chain.creator())) {
            JsonNode begun =
                    json(
                            "POST /v1/data/scrub",
                            member.ask("POST", "/v1/data/scrub", Sorted.empty(), Bytes.EMPTY));
            assertThat(begun.path("damaged").size()).isEqualTo(1);
        }
        eventually("that scrub ended", () -> !node.scrub().state().running());
        node.scrub().run();
        assertThat(node.alerts())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.DATA_CORRUPT);
                    assertThat(alert.subject()).isEqualTo(ID.text());
                    assertThat(alert.detail()).startsWith("chunk ").contains(" is changed");
                });
        assertThat(replica.alerts()).isEmpty();
    }

    @Test
    void what_is_erased_on_the_chain_is_gone_from_both_nodes() throws Exception {
        put();
        eventually("the replica has both chunks", () -> replica.chunks().size() == 2);
        // From here on it is the transaction alone that says so.
        eventually("nothing is left to settle", () -> node.unsettled() == 0);
        chain.call(chain.owner, new DataDeed.Erase(ID, "contract ended"));
        assertThat(fault(ask(chain.owner, "/v1/data/content", named())))
                .isEqualTo(Fault.DATA_ERASED);
        eventually("no key is left", () -> !node.hasKeys());
        eventually("no chunk is left", () -> node.chunks().isEmpty() && replica.chunks().isEmpty());
        JsonNode record =
                json("GET /v1/data/records", ask(chain.owner, "/v1/data/records", named()));
        assertThat(record.path("status").asString()).isEqualTo("ERASED");
        assertThat(record.path("version").path("stored").path("root").asString()).hasSize(64);
    }
}
