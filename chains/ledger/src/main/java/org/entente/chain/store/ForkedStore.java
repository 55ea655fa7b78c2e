package org.entente.chain.store;

import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.Header;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.protocol.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The directory of a chain whose newest blocks may yet be replaced, owned by one process. All
/// blocks that held are in the log, in the order they came, those of other branches among them: so
/// a node that starts again decides as it did before. The index leads to the final ones.
public final class ForkedStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForkedStore.class);

    private final Path directory;
    private final FileChannel lock;
    private final Genesis genesis;
    private final BlockLog log;
    private final BlockIndex index;

    /// Where the log does not begin with block 1.
    private final Optional<Joined> joined;

    private final Start start;

    /// The newest states that are on disk, by their heights.
    private final ConcurrentSkipListMap<Long, Ledger> written = new ConcurrentSkipListMap<>();

    /// Where blocks stand that are not final, by their headers' digests.
    private final Map<Digest, Place> places = new HashMap<>();

    private record Place(long height, long offset) {}

    /// @param next where the blocks behind it begin
    private record Start(Ledger ledger, long next) {}

    private ForkedStore(Path directory, FileChannel lock, Genesis genesis, Governance governance)
            throws IOException {
        this.directory = directory;
        this.lock = lock;
        this.genesis = genesis;
        this.log = BlockLog.open(directory, genesis.digest());
        this.index = new BlockIndex(directory.resolve("blocks.index"));
        this.joined = Joined.in(directory);
        this.start = started(governance);
        if (start.ledger.height() > 0) {
            written.put(start.ledger.height(), start.ledger);
        }
    }

    /// Makes a chain that begins with a final state. The genesis comes last: without it there is no
    /// chain here.
    ///
    /// @param first of block 0
    /// @param headers of all blocks up to that state
    public static void join(Path directory, CertifiedHeader first, Ledger state, HeaderLog headers)
            throws IOException {
        Genesis genesis = state.genesis();
        ChainStore.begin(directory, genesis, first);
        try (BlockLog log = BlockLog.open(directory, genesis.digest())) {
            new Snapshot(
                            genesis.digest(),
                            state.head(),
                            log.behind(BlockLog.HEADER_SIZE_BYTES),
                            state.state())
                    .write(Joined.file(directory, state.height()));
        }
        headers.force();
        ChainStore.finish(directory, genesis);
    }

    /// A directory in which nothing of an unfinished beginning is left.
    public static HeaderLog joining(Path directory) throws IOException {
        Joined.clear(directory);
        return HeaderLog.create(directory);
    }

    public static ForkedStore open(Path directory, Governance governance) throws IOException {
        Genesis genesis = ChainStore.genesis(directory);
        FileChannel lock = ChainStore.lock(directory.resolve("lock"));
        try {
            return new ForkedStore(directory, lock, genesis, governance);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private Start started(Governance governance) throws IOException {
        for (Path file : Snapshot.files(directory)) {
            Optional<Snapshot> snapshot = usable(file);
            if (snapshot.isPresent()) {
                Snapshot it = snapshot.get();
                return new Start(new Ledger(genesis, governance, it.head(), it.state()), it.next());
            }
        }
        long first = BlockLog.HEADER_SIZE_BYTES;
        if (joined.isPresent()) {
            index.put(0, first);
            Snapshot it = joined.get().state(genesis.digest());
            return new Start(new Ledger(genesis, governance, it.head(), it.state()), it.next());
        }
        Block block = read(first);
        if (!block.header().equals(Ledger.first(genesis, governance))) {
            throw log.damaged(first, "block 0 is not the genesis'");
        }
        index.put(0, first);
        return new Start(Ledger.begun(genesis, governance, block.certified()), log.behind(first));
    }

    /// A snapshot is only a short cut: one that does not hold is named and passed over.
    private Optional<Snapshot> usable(Path file) throws IOException {
        try {
            Snapshot snapshot = Snapshot.read(file);
            if (!snapshot.genesis().equals(genesis.digest())) {
                throw new StoreDamaged(file, 0, "it is not of this chain");
            }
            CertifiedHeader head = snapshot.head();
            if (!block(head.header().height()).map(Block::certified).equals(Optional.of(head))) {
                throw new StoreDamaged(file, 0, "the log has another block of its height");
            }
            return Optional.of(snapshot);
        } catch (StoreDamaged e) {
            LOG.atWarn().addKeyValue("file", file).log("a snapshot is not used: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// A final block to begin with.
    public Ledger start() {
        return start.ledger;
    }

    /// Takes a block that was kept.
    @FunctionalInterface
    public interface Reader {
        void read(Block block) throws IOException;
    }

    /// Hands on the blocks that were kept behind the one to begin with, in the order they came.
    public void replay(Reader reader) throws IOException {
        long offset = start.next;
        for (var found = log.at(offset); found.isPresent(); found = log.at(offset)) {
            Block block = log.decoded(found.get(), offset);
            places.put(block.header().digest(), new Place(block.header().height(), offset));
            reader.read(block);
            offset = found.get().next();
        }
        if (log.endAt(offset)) {
            LOG.atWarn()
                    .addKeyValue("offset", offset)
                    .log("cut a torn end that was never acknowledged");
        }
    }

    /// Writes a block and forces it; only then may anybody hear of it.
    public void keep(Block block) throws IOException {
        long offset = log.end();
        log.append(Block.FORMAT.encode(block));
        log.force();
        places.put(block.header().digest(), new Place(block.header().height(), offset));
    }

    /// Blocks have become final, in ascending order.
    public void settle(List<Header> headers) throws IOException {
        for (Header each : headers) {
            Place place = places.get(each.digest());
            if (place == null) {
                throw new IllegalStateException("block " + each.height() + " was not kept");
            }
            index.put(each.height(), place.offset);
        }
        long last = headers.isEmpty() ? 0 : headers.getLast().height();
        places.values().removeIf(each -> each.height <= last);
    }

    /// A final block; any thread may ask.
    public Optional<Block> block(long height) throws IOException {
        long offset = height < 0 ? 0 : index.at(height);
        return offset == 0 ? Optional.empty() : Optional.of(read(offset));
    }

    /// From which height on it has blocks, apart from block 0.
    public long first() {
        return joined.map(Joined::height).orElse(0L) + 1;
    }

    /// Of a final block, also where it has no more of it; any thread may ask.
    public Optional<CertifiedHeader> header(long height) throws IOException {
        return height > 0 && height < first()
                ? Optional.of(joined.orElseThrow().headers().at(height))
                : block(height).map(Block::certified);
    }

    /// One of the newest states that are on disk; any thread may ask.
    public Optional<Ledger> written(long height) {
        return Optional.ofNullable(written.get(height));
    }

    /// The height of the newest state that is on disk, 0: there is none; any thread may ask.
    public long writtenLast() {
        return written.isEmpty() ? 0 : written.lastKey();
    }

    private Block read(long offset) throws IOException {
        return log.decoded(
                log.at(offset).orElseThrow(() -> log.damaged(offset, "a block cannot be read")),
                offset);
    }

    /// Writes a final state beside the log.
    public void snapshot(Ledger last) throws IOException {
        index.force();
        long offset = index.at(last.height());
        new Snapshot(genesis.digest(), last.head(), log.behind(offset), last.state())
                .writeInto(directory, last.height());
        written.put(last.height(), last);
        while (written.size() > Snapshot.COUNT_KEPT) {
            written.pollFirstEntry();
        }
    }

    @Override
    public void close() throws IOException {
        log.close();
        index.close();
        if (joined.isPresent()) {
            joined.get().close();
        }
        lock.close();
    }
}
