package org.entente.chain.store;

import org.entente.certs.Verifier;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.Solo;
import org.entente.chain.contract.sandbox.JavaContracts;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.Reading;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A chain's directory, owned by one process. Opening it gives the ledger after the last block that
/// was acknowledged: the newest snapshot that holds, and the blocks behind it executed again.
public final class ChainStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChainStore.class);
    private static final String GENESIS = "genesis";
    private static final int NEWEST_COUNT = 4;

    private final Path directory;
    private final FileChannel lock;
    private final Genesis genesis;
    private final BlockLog log;
    private final BlockIndex index;
    private Ledger ledger;

    /// The newest blocks, for those who follow the chain; guarded by itself.
    private final Map<Long, Block> newest =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Block> eldest) {
                    return size() > NEWEST_COUNT;
                }
            };

    private ChainStore(Path directory, FileChannel lock, Genesis genesis, Consensus consensus)
            throws IOException {
        this.directory = directory;
        this.lock = lock;
        this.genesis = genesis;
        this.log = BlockLog.open(directory, genesis.digest());
        this.index = new BlockIndex(directory.resolve("blocks.index"));
        this.ledger = recovered(consensus);
    }

    /// What a chain's rules are.
    ///
    /// @param governance what the consensus keeps in the state
    /// @param judge of headers
    /// @param verifier of transactions
    public record Consensus(Governance governance, Judge judge, Verifier verifier) {
        /// Rules that never change, and contracts in Java.
        public static Consensus solo(Genesis genesis, Verifier verifier) {
            return new Consensus(
                    Governance.with(new JavaContracts(genesis.owner(), List.of(), verifier)),
                    (header, _) -> Solo.check(header, genesis, verifier),
                    verifier);
        }
    }

    /// Whether a header is one of the chain.
    @FunctionalInterface
    public interface Judge {
        /// @param state of the chain at this height, or behind the block before it
        Verdict check(CertifiedHeader header, Reading state);
    }

    public static boolean isThere(Path directory) {
        return Files.exists(directory.resolve(GENESIS));
    }

    /// Makes a chain with block 0. The genesis comes last: without it there is no chain here.
    public static void create(Path directory, Genesis genesis, CertifiedHeader first)
            throws IOException {
        Files.createDirectories(directory);
        Joined.clear(directory);
        begin(directory, genesis, first);
        finish(directory, genesis);
    }

    /// The log with block 0.
    static void begin(Path directory, Genesis genesis, CertifiedHeader first) throws IOException {
        Files.deleteIfExists(directory.resolve("blocks.log"));
        try (BlockLog log = BlockLog.create(directory, genesis.digest())) {
            log.append(Block.FORMAT.encode(new Block(first, List.of(), List.of())));
            log.force();
        }
    }

    /// From now on there is a chain here.
    static void finish(Path directory, Genesis genesis) throws IOException {
        Path unfinished = directory.resolve(GENESIS + ".unfinished");
        try (FileChannel channel =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            Channels.write(channel, Genesis.FORMAT.encode(genesis).asBuffer(), 0);
            channel.force(true);
        }
        Files.move(unfinished, directory.resolve(GENESIS));
        Channels.forceDirectory(directory);
    }

    public static Genesis genesis(Path directory) throws IOException {
        Path file = directory.resolve(GENESIS);
        var bytes = org.entente.protocol.Bytes.copyOf(Files.readAllBytes(file));
        return switch (Genesis.FORMAT.decode(bytes)) {
            case Parsed.Value<Genesis>(Genesis genesis) -> genesis;
            case Parsed.Refused<Genesis>(var why) ->
                    throw new StoreDamaged(file, 0, why.toString());
        };
    }

    public static ChainStore open(Path directory, Consensus consensus) throws IOException {
        Genesis genesis = genesis(directory);
        FileChannel lock = lock(directory.resolve("lock"));
        try {
            return new ChainStore(directory, lock, genesis, consensus);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // Held within this process: told like one that another process holds.
        }
        channel.close();
        throw new StoreInUse(file);
    }

    /// After the last block that was appended.
    public Ledger ledger() {
        return ledger;
    }

    /// Writes a block and forces it; only then may anybody hear of it.
    public void append(Block block, Ledger after) throws IOException {
        long offset = log.end();
        log.append(Block.FORMAT.encode(block));
        log.force();
        index.put(block.header().height(), offset);
        ledger = after;
        synchronized (newest) {
            newest.put(block.header().height(), block);
        }
    }

    /// A block that was appended; any thread may ask.
    public Optional<Block> block(long height) throws IOException {
        synchronized (newest) {
            Block kept = newest.get(height);
            if (kept != null) {
                return Optional.of(kept);
            }
        }
        long offset = height < 0 ? 0 : index.at(height);
        if (offset == 0) {
            return Optional.empty();
        }
        BlockLog.Found found =
                log.at(offset)
                        .orElseThrow(
                                () -> log.damaged(offset, "block " + height + " cannot be read"));
        return Optional.of(log.decoded(found, offset));
    }

    /// Writes the state after the last block beside the log.
    public void snapshot() throws IOException {
        new Snapshot(genesis.digest(), ledger.head(), log.end(), ledger.state())
                .writeInto(directory, ledger.height());
    }

    private Ledger recovered(Consensus consensus) throws IOException {
        for (Path file : Snapshot.files(directory)) {
            Optional<Snapshot> snapshot = usable(file, consensus);
            if (snapshot.isPresent()) {
                Snapshot it = snapshot.get();
                return replay(
                        new Ledger(genesis, consensus.governance, it.head(), it.state()),
                        it.next(),
                        consensus);
            }
        }
        Block first = first();
        Ledger begun = Ledger.begun(genesis, consensus.governance, first.certified());
        Verdict verdict = consensus.judge.check(first.certified(), begun.state());
        if (!verdict.isAccepted()
                || !first.header().equals(Ledger.first(genesis, consensus.governance))) {
            throw log.damaged(
                    BlockLog.HEADER_SIZE_BYTES, "block 0 is not the genesis': " + verdict);
        }
        index.put(0, BlockLog.HEADER_SIZE_BYTES);
        return replay(begun, log.behind(BlockLog.HEADER_SIZE_BYTES), consensus);
    }

    private Block first() throws IOException {
        long offset = BlockLog.HEADER_SIZE_BYTES;
        return log.decoded(
                log.at(offset).orElseThrow(() -> log.damaged(offset, "block 0 cannot be read")),
                offset);
    }

    /// A snapshot is only a short cut: one that does not hold is named and passed over.
    private Optional<Snapshot> usable(Path file, Consensus consensus) throws IOException {
        try {
            Snapshot snapshot = Snapshot.read(file);
            long height = snapshot.head().header().height();
            Verdict verdict = consensus.judge.check(snapshot.head(), snapshot.state());
            if (!verdict.isAccepted() || !snapshot.genesis().equals(genesis.digest())) {
                throw new StoreDamaged(file, 0, "it is not of this chain: " + verdict);
            }
            if (index.at(height) == 0 || log.behind(index.at(height)) != snapshot.next()) {
                reindex();
            }
            boolean logged =
                    block(height).map(Block::certified).equals(Optional.of(snapshot.head()));
            if (!logged) {
                throw new StoreDamaged(file, 0, "the log has another block " + height);
            }
            return Optional.of(snapshot);
        } catch (StoreDamaged e) {
            LOG.atWarn().addKeyValue("file", file).log("a snapshot is not used: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// Makes the index again by the records' lengths; what is wrong with a record shows when it is
    /// read.
    private void reindex() throws IOException {
        long offset = BlockLog.HEADER_SIZE_BYTES;
        for (long height = 0; log.at(offset).isPresent(); height++) {
            index.put(height, offset);
            offset = log.behind(offset);
        }
    }

    private Ledger replay(Ledger from, long next, Consensus consensus) throws IOException {
        Ledger now = from;
        long offset = next;
        for (var found = log.at(offset); found.isPresent(); found = log.at(offset)) {
            Block block = log.decoded(found.get(), offset);
            Verdict verdict = consensus.judge.check(block.certified(), now.state());
            if (!verdict.isAccepted()) {
                throw log.damaged(offset, verdict.toString());
            }
            now = applied(now, block, consensus.verifier, offset);
            index.put(now.height(), offset);
            offset = found.get().next();
        }
        if (log.endAt(offset)) {
            LOG.atWarn()
                    .addKeyValue("offset", offset)
                    .addKeyValue("height", now.height())
                    .log("cut a torn end that was never acknowledged");
        }
        index.put(now.height() + 1, 0);
        return now;
    }

    private Ledger applied(Ledger now, Block block, Verifier verifier, long offset)
            throws StoreDamaged {
        return switch (now.apply(block, verifier)) {
            case Parsed.Value<Ledger>(Ledger next) -> next;
            case Parsed.Refused<Ledger>(var why) -> throw log.damaged(offset, why.toString());
        };
    }

    @Override
    public void close() throws IOException {
        log.close();
        index.close();
        lock.close();
    }
}
