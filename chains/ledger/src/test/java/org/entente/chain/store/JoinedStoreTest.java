package org.entente.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.Header;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.worker.Remembered;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The directory of a node that joined its chain at a state of others.
class JoinedStoreTest {
    private static final int JOINED = 5;

    private final MemoryChain chain = new MemoryChain(new ChainId("solo:orders"));
    private final Ledger first = chain.ledger();
    private Ledger joined = first;

    @TempDir private Path home;
    private Path directory = Path.of("");

    @BeforeEach
    void made() throws IOException {
        directory = Files.createDirectories(home.resolve("chain"));
        for (int height = 1; height <= JOINED; height++) {
            add("value " + height);
        }
        joined = chain.ledger();
    }

    private Block add(String value) {
        chain.perform(
                chain.account(),
                new Action.Put(Bytes.utf8("key"), Optional.empty(), Bytes.utf8(value)));
        return chain.blocks().getLast();
    }

    private HeaderLog headers() throws IOException {
        HeaderLog headers = ForkedStore.joining(directory);
        for (Block block : chain.blocks().subList(0, JOINED)) {
            headers.append(block.certified());
        }
        return headers;
    }

    private void join() throws IOException {
        try (HeaderLog headers = headers()) {
            ForkedStore.join(directory, first.head(), joined, headers);
        }
    }

    private ForkedStore open() throws IOException {
        return ForkedStore.open(directory, Governance.NONE);
    }

    private static List<Digest> replayed(ForkedStore store) throws IOException {
        List<Digest> digests = new ArrayList<>();
        store.replay(block -> digests.add(block.header().digest()));
        return digests;
    }

    private static void keep(ForkedStore store, Block block, Ledger after) throws IOException {
        store.keep(block);
        store.settle(List.of(block.header()));
        store.snapshot(after);
    }

    @Test
    void it_begins_with_that_state_and_has_the_blocks_behind_it_and_the_headers_of_all()
            throws IOException {
        join();
        Block next = add("next");
        try (ForkedStore store = open()) {
            assertThat(store.start().head()).isEqualTo(joined.head());
            assertThat(store.start().state().root()).isEqualTo(joined.state().root());
            assertThat(store.first()).isEqualTo(JOINED + 1);
            assertThat(store.writtenLast()).isEqualTo(JOINED);
            assertThat(replayed(store)).isEmpty();
            store.keep(next);
            store.settle(List.of(next.header()));
        }
        try (ForkedStore store = open()) {
            assertThat(store.start().height()).isEqualTo(JOINED);
            assertThat(replayed(store)).containsExactly(next.header().digest());
            assertThat(store.block(JOINED + 1)).contains(next);
            assertThat(store.block(JOINED)).isEmpty();
            assertThat(store.block(0)).isPresent();
            for (Block block : chain.blocks()) {
                Header header = block.header();
                assertThat(store.header(header.height())).contains(block.certified());
            }
            assertThat(store.header(JOINED + 2)).isEmpty();
            assertThat(Remembered.of(100, JOINED + 1, store::block).find(Digest.ZERO)).isEmpty();
        }
    }

    @Test
    void later_states_are_short_cuts_and_the_first_one_stays_for_when_they_do_not_hold()
            throws IOException {
        join();
        try (ForkedStore store = open()) {
            assertThat(replayed(store)).isEmpty();
            for (int count = 0; count < 4; count++) {
                keep(store, add("later " + count), chain.ledger());
            }
            assertThat(store.writtenLast()).isEqualTo(JOINED + 4);
            assertThat(store.written(JOINED + 3)).isPresent();
            assertThat(store.written(JOINED)).isEmpty();
        }
        try (ForkedStore store = open()) {
            assertThat(store.start().height()).isEqualTo(JOINED + 4);
            assertThat(replayed(store)).isEmpty();
        }
        Files.delete(directory.resolve("blocks.index"));
        try (ForkedStore store = open()) {
            assertThat(store.start().height()).isEqualTo(JOINED);
            assertThat(replayed(store)).hasSize(4);
        }
    }

    @Test
    void until_the_genesis_is_there_nothing_is_and_what_was_left_is_cleared() throws IOException {
        try (HeaderLog headers = headers()) {
            headers.force();
        }
        assertThat(ChainStore.isThere(directory)).isFalse();
        join();
        Files.delete(directory.resolve("genesis"));
        assertThat(ChainStore.isThere(directory)).isFalse();
        join();
        try (ForkedStore store = open()) {
            assertThat(store.first()).isEqualTo(JOINED + 1);
        }
        Files.delete(directory.resolve("genesis"));
        ChainStore.create(directory, chain.genesis(), first.head());
        try (ForkedStore store = open()) {
            assertThat(store.first()).isOne();
            assertThat(store.start().height()).isZero();
            assertThat(store.writtenLast()).isZero();
        }
    }

    @Test
    void a_changed_byte_of_the_state_or_of_a_header_is_damage() throws IOException {
        join();
        Path state = file(".joined");
        flip(state, Files.size(state) / 2);
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreDamaged.class)
                .hasMessageContaining(".joined");
        flip(state, Files.size(state) / 2);
        Path headers = directory.resolve("headers.log");
        flip(headers, 100);
        try (ForkedStore store = open()) {
            assertThatThrownBy(() -> store.header(1))
                    .isInstanceOf(StoreDamaged.class)
                    .hasMessageContaining("headers.log");
            assertThat(store.header(2)).isPresent();
        }
        flip(headers, Files.size(headers) - 10);
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreDamaged.class)
                .hasMessageContaining("headers.log");
    }

    private Path file(String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(it -> it.toString().endsWith(end)).findFirst().orElseThrow();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 1;
        Files.write(file, bytes);
    }
}
