package org.entente.chain.industrial.worker.data;

import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.vault.Manifest;
import org.entente.chain.industrial.vault.Vault;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Reads every chunk that there is, no faster than it may, and compares it with its hash: what is
/// damaged is healed from a replica, or is an alert until it is.
public final class Scrub {
    private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Vault vault;
    private final List<Replica> replicas;
    private final InstantSource clock;
    private final long bytesPerSecond;
    private final Consumer<Damage> whenDamaged;

    /// One pass at a time.
    private final ReentrantLock pass = new ReentrantLock();

    /// Guarded by itself, as are the numbers below.
    private final TreeMap<Place, Damage> damaged = new TreeMap<>();

    private long checked;
    private long healed;
    private Optional<Instant> ended = Optional.empty();

    private record Place(Digest root, int index) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byRoot = root.compareTo(other.root);
            return byRoot != 0 ? byRoot : Integer.compare(index, other.index);
        }
    }

    /// A chunk that is not what it was, and no replica has it.
    public record Damage(DataId id, Digest root, int index, Instant found, String why) {}

    /// How it goes.
    ///
    /// @param checked chunks since the process began
    /// @param ended the latest whole pass
    public record State(
            boolean running,
            long checked,
            long healed,
            Optional<Instant> ended,
            List<Damage> damaged) {
        public State {
            damaged = List.copyOf(damaged);
        }
    }

    /// What one object is like.
    public record Found(int chunks, List<Integer> damaged) {
        public Found {
            damaged = List.copyOf(damaged);
        }
    }

    /// @param whenDamaged hears of each damage once, until it is sound again
    public Scrub(
            Vault vault,
            List<Replica> replicas,
            InstantSource clock,
            long bytesPerSecond,
            Consumer<Damage> whenDamaged) {
        this.vault = vault;
        this.replicas = List.copyOf(replicas);
        this.clock = clock;
        this.bytesPerSecond = bytesPerSecond;
        this.whenDamaged = whenDamaged;
    }

    public State state() {
        synchronized (damaged) {
            return new State(
                    pass.isLocked(), checked, healed, ended, new ArrayList<>(damaged.values()));
        }
    }

    /// One pass over everything; false: one runs already.
    public boolean run() throws IOException, InterruptedException {
        if (!pass.tryLock()) {
            return false;
        }
        try {
            List<Digest> roots = vault.roots();
            synchronized (damaged) {
                damaged.keySet().removeIf(place -> !vault.has(place.root));
            }
            for (Digest root : roots) {
                if (vault.manifest(root) instanceof Parsed.Value<Manifest>(Manifest manifest)) {
                    look(manifest);
                }
            }
            vault.unreadable()
                    .ifPresent(root ->
                            LOG.atError()
                                    .addKeyValue("fault", Fault.DATA_CORRUPT)
                                    .addKeyValue("root", root)
                                    .log("the list of an object's chunks is damaged"));
            vault.collect(clock.instant());
            synchronized (damaged) {
                ended = Optional.of(clock.instant());
            }
            return true;
        } finally {
            pass.unlock();
        }
    }

    private void look(Manifest manifest) throws IOException, InterruptedException {
        for (int index = 0; index < manifest.leaves().size(); index++) {
            long began = System.nanoTime();
            long read = look(manifest, index);
            long due = began + read * NANOS_PER_SECOND / bytesPerSecond;
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
    }

    /// @return how many bytes were read
    private long look(Manifest manifest, int index) throws IOException, InterruptedException {
        Parsed<Bytes> stored = vault.stored(manifest, index);
        synchronized (damaged) {
            checked++;
        }
        Place place = new Place(manifest.root(), index);
        return switch (stored) {
            case Parsed.Value<Bytes>(Bytes bytes) -> {
                synchronized (damaged) {
                    damaged.remove(place);
                }
                yield bytes.size();
            }
            case Parsed.Refused<Bytes>(Verdict.Rejected why) -> {
                // Erased meanwhile: there is nothing to heal.
                if (vault.has(manifest.root())) {
                    mend(manifest, place, why);
                }
                yield 0;
            }
        };
    }

    private void mend(Manifest manifest, Place place, Verdict.Rejected why)
            throws IOException, InterruptedException {
        for (Replica replica : replicas) {
            Optional<Bytes> fetched = replica.fetch(place.root, place.index);
            if (fetched.isPresent()
                    && vault.heal(manifest, place.index, fetched.get()).isAccepted()) {
                LOG.atWarn()
                        .addKeyValue("data", manifest.id())
                        .addKeyValue("chunk", place.index)
                        .log("a damaged chunk was healed from a replica: " + why.detail());
                synchronized (damaged) {
                    healed++;
                    damaged.remove(place);
                }
                return;
            }
        }
        Damage damage =
                new Damage(manifest.id(), place.root, place.index, clock.instant(), why.detail());
        synchronized (damaged) {
            if (damaged.putIfAbsent(place, damage) != null) {
                return;
            }
        }
        LOG.atError()
                .addKeyValue("fault", Fault.DATA_CORRUPT)
                .addKeyValue("data", manifest.id())
                .addKeyValue("chunk", place.index)
                .log("a chunk is damaged and no replica has it: " + why.detail());
        whenDamaged.accept(damage);
    }

    /// Reads all of one object; changes nothing.
    public Found verify(Manifest manifest) throws IOException {
        List<Integer> bad = new ArrayList<>();
        for (int index = 0; index < manifest.leaves().size(); index++) {
            if (!vault.stored(manifest, index).verdict().isAccepted()) {
                bad.add(index);
            }
        }
        return new Found(manifest.leaves().size(), bad);
    }
}
