package org.entente.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.Header;
import org.entente.chain.Solo;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.fixture.MemoryChain;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class ForkedStoreTest {
    private final MemoryChain chain = new MemoryChain(new ChainId("solo:orders"));
    private final Ledger first = chain.ledger();

    @TempDir private Path home;
    private Path directory = Path.of("");

    @BeforeEach
    void made() throws IOException {
        directory = home.resolve("chain");
        ChainStore.create(directory, chain.genesis(), first.head());
    }

    @Test
    void blocks_of_all_branches_come_back_in_the_order_they_were_kept() throws IOException {
        Block other = upon(first, "other");
        Block one = added("one");
        Block two = added("two");
        try (ForkedStore store = open()) {
            keep(store, one, other, two);
        }
        try (ForkedStore store = open()) {
            assertThat(store.start().height()).isZero();
            assertThat(replayed(store)).isEqualTo(digests(one, other, two));
        }
    }

    @Test
    void only_final_blocks_are_found_by_their_height() throws IOException {
        Block other = upon(first, "other");
        Block one = added("one");
        try (ForkedStore store = open()) {
            keep(store, other, one);
            assertThat(store.block(1)).isEmpty();
            store.settle(List.of(one.header()));
            assertThat(store.block(1)).contains(one);
            assertThat(store.block(0)).isPresent();
            assertThat(store.block(2)).isEmpty();
            assertThatThrownBy(() -> store.settle(List.of(other.header())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_start_takes_the_newest_final_state_and_what_stands_behind_it() throws IOException {
        Block one = added("one");
        Ledger last = chain.ledger();
        Block other = upon(last, "other");
        Block two = added("two");
        try (ForkedStore store = open()) {
            keep(store, one, other, two);
            store.settle(List.of(one.header()));
            store.snapshot(last);
        }
        try (ForkedStore store = open()) {
            assertThat(store.start().head()).isEqualTo(last.head());
            assertThat(store.start().state().root()).isEqualTo(last.state().root());
            assertThat(replayed(store)).isEqualTo(digests(other, two));
        }
        // An index that a power cut took leads to no final block: all is read again.
        Files.delete(directory.resolve("blocks.index"));
        try (ForkedStore store = open()) {
            assertThat(store.start().height()).isZero();
            assertThat(replayed(store)).isEqualTo(digests(one, other, two));
        }
    }

    @Test
    void a_torn_end_is_cut_and_a_changed_byte_is_damage() throws IOException {
        Block one = added("one");
        Block two = added("two");
        long end;
        try (ForkedStore store = open()) {
            keep(store, one);
            end = BlockLog.HEADER_SIZE_BYTES + record(block0()) + record(one);
        }
        write(end, Bytes.fromHex("000000ff00"));
        try (ForkedStore store = open()) {
            assertThat(replayed(store)).isEqualTo(digests(one));
            store.keep(two);
        }
        write(end - 3, Bytes.fromHex("ff"));
        try (ForkedStore store = open()) {
            assertThatThrownBy(() -> replayed(store))
                    .isInstanceOf(StoreDamaged.class)
                    .hasMessageContaining("blocks.log");
        }
    }

    @Test
    void one_process_has_a_chain() throws IOException {
        try (ForkedStore store = open()) {
            assertThat(replayed(store)).isEmpty();
            assertThatThrownBy(this::open).isInstanceOf(StoreInUse.class);
        }
    }

    private ForkedStore open() throws IOException {
        return ForkedStore.open(directory, Governance.NONE);
    }

    /// Before anything is kept what is there is read.
    private static void keep(ForkedStore store, Block... blocks) throws IOException {
        store.replay(_ -> {});
        for (Block block : blocks) {
            store.keep(block);
        }
    }

    private static List<Digest> replayed(ForkedStore store) throws IOException {
        List<Digest> digests = new ArrayList<>();
        store.replay(block -> digests.add(block.header().digest()));
        return digests;
    }

    private static List<Digest> digests(Block... blocks) {
        return Arrays.stream(blocks).map(Block::header).map(Header::digest).toList();
    }

    private Block added(String value) {
        chain.perform(chain.account(), put(value));
        return chain.blocks().getLast();
    }

    private static Action put(String value) {
        return new Action.Put(Bytes.utf8("key"), Optional.empty(), Bytes.utf8(value));
    }

    /// A block of another branch.
    private Block upon(Ledger parent, String value) {
        Ledger.Made made =
                parent.make(
                        List.of(chain.signed(chain.account(), put(value))),
                        Instant.parse("2026-11-21T10:31:00Z"),
                        chain.creator().key(),
                        MemoryChain.VERIFIER);
        return made.block(Solo.certify(made.header(), chain.creator()));
    }

    private Block block0() {
        return new Block(first.head(), List.of(), List.of());
    }

    private static long record(Block block) {
        return BlockLog.RECORD_HEADER_SIZE_BYTES + (long) Block.FORMAT.encode(block).size();
    }

    private void write(long offset, Bytes bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(directory.resolve("blocks.log"), StandardOpenOption.WRITE)) {
            Channels.write(channel, bytes.asBuffer(), offset);
        }
    }
}
