package org.entente.chain.por.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.certs.Cryptography;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.app.LocalNode;
import org.entente.chain.execution.Ledger;
import org.entente.chain.por.Message;
import org.entente.chain.por.StrongContracts;
import org.entente.chain.state.Item;
import org.entente.chain.state.StatePart;
import org.entente.chain.store.ChainStore;
import org.entente.chain.store.ForkedStore;
import org.entente.light.Rsa;
import org.entente.light.por.Member;
import org.entente.light.por.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.runtime.Clock;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Four real nodes in this process, over TLS: three have a chain, one of which lies at first; the
/// fourth, a member from the start that begins late, joins by a state of theirs. One life, scene by
/// scene (docs/chains/por.md §5.9).
@Tag("processes")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JoinedNodeTest {
    private static final int LATE = 3;
    private static final int LIAR = 2;
    private static final int SNAPSHOT_BLOCKS = 10;
    private static final int BLOCKS = 280;
    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    @TempDir private static Path folder;
    private static Grown grown;
    private static Measured measured;
    private static final TreeMap<Integer, Shutdown> RUNNING = new TreeMap<>();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static long joined;

    @BeforeAll
    static void begun() throws Exception {
        grown = new Grown(folder.resolve("network"), 4, SNAPSHOT_BLOCKS);
        grown.grow(BLOCKS, 1);
        measured = new Measured(grown.files);
    }

    @AfterAll
    static void ended() {
        measured.close();
        List.copyOf(RUNNING.keySet()).forEach(JoinedNodeTest::stop);
        CLIENT.shutdownNow();
    }

    private static LocalNode<Member> node(int index) {
        return grown.files.nodes().get(index);
    }

    private static PorNode por(int index) throws Exception {
        return new PorNode(PorConfiguration.read(node(index).configuration()), Clock.system());
    }

    private static void start(int index) throws Exception {
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(20));
        RUNNING.put(index, shutdown);
        por(index).serve(shutdown);
    }

    private static void stop(int index) {
        Optional.ofNullable(RUNNING.remove(index)).ifPresent(Shutdown::stop);
    }

    /// Has the headers, and changes a value of the state.
    private static Optional<Message> lie(Message question, ForkedStore store) {
        return switch (question) {
            case Message.Trace(long from) ->
                    Optional.of(new Message.Headers(headers(store, from), List.of()));
            case Message.Seek(long height, Digest place) -> {
                Optional<StatePart> part =
                        store.written(height).flatMap(it -> it.state().part(place));
                yield Optional.of(
                        part.map(it -> new Message.Part(height, Optional.of(flipped(it))))
                                .orElseGet(() ->
                                        new Message.Part(store.writtenLast(), Optional.empty())));
            }
            default -> Optional.empty();
        };
    }

    private static List<CertifiedHeader> headers(ForkedStore store, long from) {
        List<CertifiedHeader> headers = new ArrayList<>();
        try {
            Optional<CertifiedHeader> next = store.header(from);
            while (next.isPresent() && headers.size() < Trail.COUNT_MAX) {
                headers.add(next.get());
                next = store.header(from + headers.size());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the liar's store", e);
        }
        return headers;
    }

    private static StatePart flipped(StatePart part) {
        List<Item> items = new ArrayList<>(part.items());
        Item last = items.removeLast();
        items.add(
                new Item(
                        last.key(),
                        last.writes(),
                        last.version(),
                        Optional.of(Bytes.utf8("another value"))));
        return new StatePart(part.from(), part.beside(), items);
    }

    @Test
    @Order(1)
    void a_lie_is_found_out_and_who_is_ended_in_the_middle_has_nothing_and_begins_again()
            throws Exception {
        var governance =
                new StrongContracts(
                        grown.genesis.chain(),
                        Founding.settings(grown.genesis),
                        Rsa.of(Cryptography.fastest()));
        try (ForkedStore store = ForkedStore.open(node(LIAR).directory(), governance)) {
            store.replay(_ -> {});
            try (Speaker _ = new Speaker(grown.genesis, node(LIAR), it -> lie(it, store))) {
                CompletableFuture<Ledger> result = new CompletableFuture<>();
                AtomicReference<String> progress = new AtomicReference<>("");
                Thread joining = Thread.ofPlatform().start(() -> join(progress, result));
                await("the headers are there", () -> progress.get().matches("[1-9].*"));
                joining.interrupt();
                assertThatThrownBy(() -> result.get(60, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class);
                assertThat(ChainStore.isThere(node(LATE).directory())).isFalse();
            }
            try (Speaker liar = new Speaker(grown.genesis, node(LIAR), it -> lie(it, store))) {
                CompletableFuture<Ledger> result = new CompletableFuture<>();
                Thread.ofPlatform().start(() -> join(new AtomicReference<>(""), result));
                assertThat(liar.awaitClosed()).contains("BAD_PROOF");
                assertThat(result).isNotDone();
                start(0);
                start(1);
                joined = result.get(60, TimeUnit.SECONDS).height();
            }
        }
        assertThat(joined).isPositive().isLessThan(BLOCKS - 256);
        assertThat(joined % SNAPSHOT_BLOCKS).isZero();
    }

    private static void join(AtomicReference<String> progress, CompletableFuture<Ledger> result) {
        try {
            result.complete(por(LATE).join(grown.genesis, progress::set));
        } catch (Exception e) {
            result.completeExceptionally(e);
        }
    }

    @Test
    @Order(2)
    void it_makes_blocks_under_load_and_has_one_state_with_all_others_at_each_height()
            throws Exception {
        start(LATE);
        start(LIAR);
        measured.load(Duration.ofMillis(100));
        var account = node(LATE).member().account().toString();
        awaitFinal(0, BLOCKS + 12);
        long made = height(0);
        for (long height = BLOCKS + 1; !isBy(account, height); height++) {
            awaitFinal(0, height + 1);
            made = height + 1;
        }
        long last = made;
        for (int index = 0; index < 4; index++) {
            awaitFinal(index, last);
        }
        for (long height = joined + 1; height <= last; height++) {
            String root = header(0, height).path("stateRoot").asString();
            for (int index = 1; index < 4; index++) {
                assertThat(header(index, height).path("stateRoot").asString())
                        .as("height %d at node %d", height, index)
                        .isEqualTo(root);
            }
        }
    }

    private static boolean isBy(String account, long height) throws Exception {
        return header(0, height).path("creator").asString().equals(account);
    }

    @Test
    @Order(3)
    void it_shows_all_headers_and_the_blocks_behind_its_state_and_says_from_where()
            throws Exception {
        assertThat(header(LATE, 1)).isEqualTo(header(0, 1));
        assertThat(header(LATE, joined)).isEqualTo(header(0, joined));
        assertThat(trail(LATE, 1).subList(0, BLOCKS)).isEqualTo(trail(0, 1).subList(0, BLOCKS));
        assertThat(network(LATE).path("first").asLong()).isEqualTo(joined + 1);
        assertThat(network(0).path("first").asLong()).isOne();
        for (String path : List.of("/v1/blocks/", "/v1/por/blocks/", "/v1/events?from=")) {
            HttpResponse<byte[]> below = asked(LATE, path + joined);
            assertThat(below.statusCode()).as(path).isEqualTo(404);
            assertThat(new String(below.body(), StandardCharsets.UTF_8))
                    .contains("from " + (joined + 1) + " on");
        }
        for (String path : List.of("/v1/blocks/", "/v1/por/blocks/")) {
            assertThat(asked(LATE, path + (joined + 1)).body())
                    .isEqualTo(asked(0, path + (joined + 1)).body());
        }
        assertThat(asked(LATE, "/v1/blocks/0").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void a_peer_that_asks_for_blocks_that_it_does_not_have_gets_none() throws Exception {
        stop(LIAR);
        try (Speaker peer = new Speaker(grown.genesis, node(LIAR), _ -> Optional.empty())) {
            var none = new Message.Blocks(List.of());
            assertThat(peer.ask(node(LATE), new Message.Ask(1), Message.Blocks.class))
                    .isEqualTo(none);
        }
        try (Speaker peer = new Speaker(grown.genesis, node(LIAR), _ -> Optional.empty())) {
            var some =
                    (Message.Blocks)
                            peer.ask(node(LATE), new Message.Ask(joined + 1), Message.Blocks.class);
            assertThat(some.blocks()).hasSize(Message.BLOCK_COUNT_MAX);
        }
        start(LIAR);
    }

    @Test
    @Order(5)
    void it_begins_where_it_was_after_a_restart() throws Exception {
        long last = height(LATE);
        String digest = header(LATE, last).path("digest").asString();
        stop(LATE);
        start(LATE);
        assertThat(header(LATE, last).path("digest").asString()).isEqualTo(digest);
        assertThat(network(LATE).path("first").asLong()).isEqualTo(joined + 1);
        assertThat(asked(LATE, "/v1/headers/1").statusCode()).isEqualTo(200);
        awaitFinal(LATE, last + 4);
    }

    /// All others are away.
    @Test
    @Order(6)
    void who_joined_so_is_enough_for_the_next_one_to_join() throws Exception {
        for (int index = 0; index < LATE; index++) {
            stop(index);
        }
        grown.clear(0);
        Ledger state = por(0).join(grown.genesis, _ -> {});
        assertThat(state.height()).isGreaterThanOrEqualTo(joined);
        assertThatThrownBy(() -> por(0).join(grown.genesis, _ -> {}))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("a chain already");
        start(0);
        start(1);
        start(LIAR);
        awaitFinal(0, height(LATE) + 3);
    }

    private static long height(int index) throws Exception {
        return measured.get(node(index), "/v1/status").path("last").path("height").asLong();
    }

    private static JsonNode network(int index) throws Exception {
        return measured.get(node(index), "/v1/por/network");
    }

    private static JsonNode header(int index, long height) throws Exception {
        return measured.get(node(index), "/v1/headers/" + height);
    }

    private static List<?> trail(int index, long from) throws Exception {
        byte[] body = asked(index, "/v1/por/trail?from=" + from).body();
        return Trail.FORMAT.decode(Bytes.copyOf(body)).orThrow().certificates();
    }

    private static HttpResponse<byte[]> asked(int index, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(node(index).api() + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void awaitFinal(int index, long height) throws Exception {
        await("height " + height + " is final at node " + index, () -> height(index) >= height);
    }

    private static void await(String what, Callable<Boolean> holds) throws Exception {
        long until = System.nanoTime() + TIME_MAX.toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Thread.sleep(20);
        }
    }
}
