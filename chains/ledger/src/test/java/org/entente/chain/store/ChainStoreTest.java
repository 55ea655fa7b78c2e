package org.entente.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.Solo;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.fixture.MemoryChain;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is found of a chain after its process ended at any step, or its files were damaged.
final class ChainStoreTest {
    private final MemoryChain chain = new MemoryChain(new ChainId("solo:orders"));

    @TempDir private Path home;
    private Path directory = Path.of("");

    @BeforeEach
    void created() throws IOException {
        directory = home.resolve("chain");
        ChainStore.create(directory, chain.genesis(), chain.ledger().head());
    }

    @Test
    void what_was_appended_is_there_after_a_restart_block_by_block() throws IOException {
        try (ChainStore store = open()) {
            assertThat(store.ledger().height()).isZero();
            append(store, 5);
            assertThat(store.block(6)).isEmpty();
        }
        try (ChainStore store = open()) {
            assertSame(store, 5);
            append(store, 1);
        }
        try (ChainStore store = open()) {
            assertSame(store, 6);
        }
    }

    @Test
    void a_second_process_is_refused_and_so_is_a_second_beginning() throws IOException {
        try (ChainStore store = open()) {
            assertThatThrownBy(this::open).isInstanceOf(StoreInUse.class);
            assertThat(store.ledger().height()).isZero();
        }
        assertThat(ChainStore.isThere(directory)).isTrue();
        assertThat(ChainStore.isThere(home)).isFalse();
    }

    @Test
    void a_process_that_ended_before_the_force_leaves_the_block_or_nothing() throws IOException {
        long end;
        Block next;
        try (ChainStore store = open()) {
            append(store, 3);
            end = size("blocks.log");
            next = block();
        }
        long offset = offsetOf(4, 3);
        byte[] record = record(next);
        for (int written : List.of(0, 4, 8, 9, record.length / 2, record.length - 20)) {
            Path copy = copied("torn-" + written);
            write(copy.resolve("blocks.log"), offset, record, written);
            try (ChainStore store = open(copy)) {
                assertThat(store.ledger().height()).as("%d bytes", written).isEqualTo(3);
                store.append(next, after(next));
                assertThat(store.block(4)).contains(next);
            }
            try (ChainStore store = open(copy)) {
                assertThat(store.ledger().height()).isEqualTo(4);
            }
        }
        Path whole = copied("whole");
        write(whole.resolve("blocks.log"), offset, record, record.length);
        try (ChainStore store = open(whole)) {
            assertThat(store.ledger().height()).isEqualTo(4);
        }
        assertThat(end).isPositive();
    }

    @Test
    void a_flipped_bit_in_what_was_acknowledged_is_named_and_nothing_starts() throws IOException {
        try (ChainStore store = open()) {
            append(store, 3);
        }
        for (int height = 0; height <= 3; height++) {
            Path copy = copied("flipped-" + height);
            flip(copy.resolve("blocks.log"), offsetOf(height, 3) + 20);
            assertThatThrownBy(() -> open(copy))
                    .isInstanceOf(StoreDamaged.class)
                    .hasMessageContaining("blocks.log at " + offsetOf(height, 3));
        }
        Path header = copied("header");
        flip(header.resolve("blocks.log"), 13);
        assertThatThrownBy(() -> open(header)).isInstanceOf(StoreDamaged.class);
        Path mark = copied("mark");
        flip(mark.resolve("acknowledged"), 3);
        assertThatThrownBy(() -> open(mark))
                .isInstanceOf(StoreDamaged.class)
                .hasMessageContaining("acknowledged");
        Path genesis = copied("genesis");
        flip(genesis.resolve("genesis"), 60);
        assertThatThrownBy(() -> open(genesis)).isInstanceOf(IOException.class);
    }

    @Test
    void damage_behind_an_old_mark_is_told_from_a_torn_end() throws IOException {
        try (ChainStore store = open()) {
            append(store, 3);
        }
        Path copy = copied("old-mark");
        try (Acknowledged mark = new Acknowledged(copy.resolve("acknowledged"))) {
            mark.write(BlockLog.HEADER_SIZE_BYTES);
        }
        flip(copy.resolve("blocks.log"), offsetOf(2, 3) + 20);
        assertThatThrownBy(() -> open(copy)).isInstanceOf(StoreDamaged.class);
    }

    @Test
    void a_start_from_a_snapshot_reads_only_what_came_after_it() throws IOException {
        try (ChainStore store = open()) {
            append(store, 3);
            store.snapshot();
            append(store, 2);
        }
        flip(directory.resolve("blocks.log"), offsetOf(1, 5) + 20);
        try (ChainStore store = open()) {
            assertThat(store.ledger().height()).isEqualTo(5);
            assertThat(store.ledger().state().root()).isEqualTo(chain.ledger().state().root());
            assertThatThrownBy(() -> store.block(1)).isInstanceOf(StoreDamaged.class);
        }
    }

    @Test
    void a_snapshot_that_does_not_hold_is_passed_over() throws IOException {
        try (ChainStore store = open()) {
            append(store, 2);
            store.snapshot();
            append(store, 1);
            store.snapshot();
            append(store, 1);
        }
        Path newest = snapshots().getLast();
        long size = Files.size(newest);
        for (long at = 0; at < size; at += 37) {
            Path copy = copied("snapshot-" + at);
            flip(copy.resolve(newest.getFileName()), at);
            try (ChainStore store = open(copy)) {
                assertSame(store, 4);
            }
        }
        Path cut = copied("cut");
        try (FileChannel channel =
                FileChannel.open(cut.resolve(newest.getFileName()), StandardOpenOption.WRITE)) {
            channel.truncate(size / 2);
        }
        Files.copy(newest, cut.resolve("unfinished.snapshot.unfinished"));
        Files.delete(cut.resolve("blocks.index"));
        try (ChainStore store = open(cut)) {
            assertSame(store, 4);
        }
    }

    @Test
    void two_snapshots_are_kept() throws IOException {
        try (ChainStore store = open()) {
            for (int count = 0; count < 4; count++) {
                append(store, 1);
                store.snapshot();
            }
        }
        assertThat(snapshots()).hasSize(2);
    }

    @Test
    void the_log_and_the_snapshot_of_another_chain_are_refused() throws IOException {
        MemoryChain twin = new MemoryChain(new ChainId("solo:orders"));
        Path other = home.resolve("other");
        ChainStore.create(other, twin.genesis(), twin.ledger().head());
        try (ChainStore store = open()) {
            append(store, 2);
            store.snapshot();
        }
        Path mixed = copied("mixed");
        Files.copy(
                other.resolve("blocks.log"),
                mixed.resolve("blocks.log"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> open(mixed))
                .isInstanceOf(StoreDamaged.class)
                .hasMessageContaining("not the log of blocks");
        Path foreign = snapshots().getFirst();
        Files.copy(foreign, other.resolve(foreign.getFileName()));
        try (ChainStore store =
                ChainStore.open(
                        other, ChainStore.Consensus.solo(twin.genesis(), MemoryChain.VERIFIER))) {
            assertThat(store.ledger().height()).isZero();
        }
    }

    private ChainStore open() throws IOException {
        return open(directory);
    }

    private ChainStore open(Path at) throws IOException {
        return ChainStore.open(
                at, ChainStore.Consensus.solo(chain.genesis(), MemoryChain.VERIFIER));
    }

    private void append(ChainStore store, int count) throws IOException {
        for (int number = 0; number < count; number++) {
            Block block = block();
            store.append(block, chain.ledger());
        }
    }

    private Block block() {
        Bytes key = MemoryChain.text("key/" + chain.ledger().height());
        chain.perform(
                chain.account(), new Action.Put(key, Optional.empty(), MemoryChain.text("v")));
        return chain.blocks().getLast();
    }

    private Ledger after(Block block) {
        assertThat(chain.ledger().head()).isEqualTo(block.certified());
        return chain.ledger();
    }

    private void assertSame(ChainStore store, int height) throws IOException {
        assertThat(store.ledger().height()).isEqualTo(height);
        assertThat(store.ledger().state().root())
                .isEqualTo(store.ledger().head().header().stateRoot());
        for (int each = 1; each <= height; each++) {
            assertThat(store.block(each)).contains(chain.blocks().get(each - 1));
            Bytes key = MemoryChain.text("key/" + (each - 1));
            assertThat(store.ledger().state().value(StateKey.own(key))).isPresent();
        }
        assertThat(store.block(height + 1)).isEmpty();
    }

    /// Where the block of a height begins in a log of so many blocks.
    private long offsetOf(int height, int blocks) {
        long offset = BlockLog.HEADER_SIZE_BYTES;
        if (height > 0) {
            offset += record(new Block(begun(), List.of(), List.of())).length;
        }
        for (int each = 1; each < height && each <= blocks; each++) {
            offset += record(chain.blocks().get(each - 1)).length;
        }
        return offset;
    }

    private org.entente.chain.CertifiedHeader begun() {
        return Solo.certify(Ledger.first(chain.genesis(), Governance.NONE), chain.creator());
    }

    private byte[] record(Block block) {
        Bytes bytes = Block.FORMAT.encode(block);
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(bytes.size()).flip());
        crc.update(bytes.asBuffer());
        return ByteBuffer.allocate(8 + bytes.size())
                .putInt(bytes.size())
                .putInt((int) crc.getValue())
                .put(bytes.asBuffer())
                .array();
    }

    private long size(String file) throws IOException {
        return Files.size(directory.resolve(file));
    }

    private List<Path> snapshots() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".snapshot")).sorted().toList();
        }
    }

    private Path copied(String name) throws IOException {
        Path copy = Files.createDirectories(home.resolve(name));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static void write(Path file, long offset, byte[] bytes, int count) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Channels.write(channel, ByteBuffer.wrap(bytes, 0, count), offset);
        }
    }

    private static void flip(Path file, long offset) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            byte[] one = Channels.read(channel, 1, offset);
            one[0] ^= 0x10;
            Channels.write(channel, ByteBuffer.wrap(one), offset);
        }
    }
}
