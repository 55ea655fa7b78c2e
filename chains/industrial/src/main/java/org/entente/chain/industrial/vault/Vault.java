package org.entente.chain.industrial.vault;

import org.entente.chain.industrial.data.Chunks;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.ShownChunk;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The data that a node keeps (docs/chains/industrial-data.md §5). May be used by many threads.
///
/// An upload's key, then its facts, then for each chunk its journal entry and its file are forced,
/// then the manifest, whose name is the content's root: with it the object is there. Erasing goes
/// the other way: key, chunks, manifest.
public final class Vault implements AutoCloseable {
    private static final long SLACK_SIZE_BYTES = 1 << 20;
    private static final int SEALED_COUNT_MAX = 256;

    /// What is younger may belong to something that is just being made.
    private static final Duration ORPHAN_AGE_MIN = Duration.ofHours(1);

    private final Path directory;
    private final Disk disk;
    private final VaultLimits limits;
    private final Shelf chunks;
    private final Shelf objects;
    private final KeyRing keys;
    private final Uploads uploads;
    private final FileChannel lock;

    /// The latest seals, for those whose answer was lost. Guarded by itself.
    private final LinkedHashMap<Digest, Owned> sealed = new LinkedHashMap<>();

    /// Which objects there are of each data. Guarded by itself.
    private final TreeMap<DataId, TreeSet<Digest>> index = new TreeMap<>();

    /// Objects that came since they were asked for. Guarded by the index.
    private final TreeSet<Digest> fresh = new TreeSet<>();

    private record Owned(VerifyingKey owner, Upload.Sealed sealed) {}

    private Vault(
            Path directory,
            Disk disk,
            VaultLimits limits,
            Shelf chunks,
            Shelf objects,
            KeyRing keys,
            Uploads uploads,
            FileChannel lock) {
        this.directory = directory;
        this.disk = disk;
        this.limits = limits;
        this.chunks = chunks;
        this.objects = objects;
        this.keys = keys;
        this.uploads = uploads;
        this.lock = lock;
    }

    /// Opens a vault, or makes an empty one where the directory is empty.
    public static Vault open(Path directory, Disk disk, VaultLimits limits, SecureRandom random)
            throws IOException, VaultUnusable {
        boolean fresh = !Files.exists(directory.resolve("objects"));
        for (String each : new String[] {"chunks", "keys", "tmp", "uploads", "objects"}) {
            Files.createDirectories(directory.resolve(each));
        }
        FileChannel lock = lock(directory);
        Optional<Vault> vault = Optional.empty();
        try {
            vault = Optional.of(locked(directory, disk, limits, random, lock, fresh));
            return vault.get();
        } finally {
            if (vault.isEmpty()) {
                lock.close();
            }
        }
    }

    private static Vault locked(
            Path directory,
            Disk disk,
            VaultLimits limits,
            SecureRandom random,
            FileChannel lock,
            boolean fresh)
            throws IOException, VaultUnusable {
        Path workshop = directory.resolve("tmp");
        try (Stream<Path> left = Files.list(workshop)) {
            for (Path each : left.toList()) {
                disk.delete(each);
            }
        }
        Shelf chunks = new Shelf(directory.resolve("chunks"), workshop, disk);
        Shelf objects = new Shelf(directory.resolve("objects"), workshop, disk);
        Shelf wrapped = new Shelf(directory.resolve("keys"), workshop, disk);
        KeyRing keys = KeyRing.open(directory, wrapped, disk, random, fresh || isEmpty(directory));
        Uploads uploads =
                Uploads.open(
                        directory.resolve("uploads"), disk, chunks, objects, keys, random, limits);
        Vault vault = new Vault(directory, disk, limits, chunks, objects, keys, uploads, lock);
        vault.finish();
        return vault;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> keys = Files.list(directory.resolve("keys"))) {
            return keys.findAny().isEmpty();
        }
    }

    private static FileChannel lock(Path directory) throws IOException, VaultUnusable {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock taken = channel.tryLock();
            if (taken == null) {
                channel.close();
                throw new VaultUnusable(directory + " is used by another process");
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new VaultUnusable(directory + " is used already by this process");
        }
        return channel;
    }

    /// What a crash left half done.
    private void finish() throws IOException {
        forEach(manifest -> {
            boolean erased =
                    manifest.kind() == Manifest.Kind.OWN && !keys.has(manifest.content().key());
            if (erased) {
                erase(manifest.root());
            } else {
                add(manifest);
            }
        });
    }

    public Parsed<Upload.Progress> begin(VerifyingKey owner, DataId data, long size, Instant now)
            throws IOException {
        return guarded(size, () -> uploads.begin(owner, data, size, now));
    }

    public Parsed<Upload.Progress> progress(Digest upload, VerifyingKey by) {
        return uploads.progress(upload, by);
    }

    /// Takes one chunk of an upload.
    ///
    /// @return how far the upload is, once the chunk is forced
    public Parsed<Upload.Progress> chunk(Digest upload, VerifyingKey by, int index, Bytes plain)
            throws IOException {
        return guarded(plain.size(), () -> uploads.chunk(upload, by, index, plain));
    }

    /// Makes an object of a whole upload. The same again is answered the same for a while.
    public Parsed<Upload.Sealed> seal(Digest upload, VerifyingKey by, Instant now)
            throws IOException {
        synchronized (sealed) {
            Owned before = sealed.get(upload);
            if (before != null && before.owner.equals(by)) {
                return Parsed.of(before.sealed);
            }
        }
        return guarded(
                Manifest.FORMAT.sizeMax(),
                () -> {
                    Parsed<Manifest> whole = uploads.whole(upload, by, now);
                    if (whole instanceof Parsed.Refused<Manifest>(Verdict.Rejected why)) {
                        return new Parsed.Refused<>(why);
                    }
                    Manifest manifest = whole.orThrow();
                    Digest plainRoot = uploads.plainRoot(upload);
                    Upload.Sealed made = new Upload.Sealed(manifest.content(), plainRoot);
                    objects.put(manifest.root(), Manifest.FORMAT.encode(manifest));
                    add(manifest);
                    remember(upload, new Owned(by, made));
                    uploads.done(upload);
                    return Parsed.of(made);
                });
    }

    private void remember(Digest upload, Owned made) {
        synchronized (sealed) {
            sealed.put(upload, made);
            if (sealed.size() > SEALED_COUNT_MAX) {
                sealed.pollFirstEntry();
            }
        }
    }

    public Verdict abandon(Digest upload, VerifyingKey by) throws IOException {
        return uploads.abandon(upload, by);
    }

    /// Something that needs room on the disk.
    private interface Writing<T> {
        Parsed<T> run() throws IOException;
    }

    private <T> Parsed<T> guarded(long size, Writing<T> writing) throws IOException {
        if (disk.free(directory) - size < limits.reserveSizeBytes()) {
            return full();
        }
        try {
            return writing.run();
        } catch (IOException e) {
            // No exception of its own says so.
            if (disk.free(directory) < size + SLACK_SIZE_BYTES
                    || String.valueOf(e.getMessage()).contains("No space left")) {
                return full();
            }
            throw e;
        }
    }

    private static <T> Parsed<T> full() {
        return Parsed.refused(Fault.STORAGE_FULL, "the node's disk has no room left for data");
    }

    /// What an object consists of; empty: this node does not have it.
    public Parsed<Manifest> manifest(Digest root) throws IOException {
        Optional<Bytes> file = objects.get(root);
        if (file.isEmpty()) {
            return Parsed.refused(Fault.NOT_FOUND, "this node does not keep " + root);
        }
        return Manifest.FORMAT.decode(file.get())
                                instanceof Parsed.Value<Manifest>(Manifest manifest)
                        && manifest.root().equals(root)
                ? Parsed.of(manifest)
                : Parsed.refused(Fault.DATA_CORRUPT, "the list of the chunks of " + root);
    }

    public boolean has(Digest root) {
        return objects.has(root);
    }

    /// Whether a chunk is there, sound or not.
    public boolean holds(Manifest manifest, int index) {
        return chunks.has(manifest.leaves().get(index));
    }

    /// One chunk as it is stored, if it is what it was.
    public Parsed<Bytes> stored(Manifest manifest, int index) throws IOException {
        Digest leaf = manifest.leaves().get(index);
        Optional<Bytes> file = chunks.get(leaf);
        return file.isPresent() && Chunks.leaf(file.get()).equals(leaf)
                ? Parsed.of(file.get())
                : Parsed.refused(
                        Fault.DATA_CORRUPT,
                        "chunk %d of %s is %s"
                                .formatted(
                                        index,
                                        manifest.id(),
                                        file.isPresent() ? "changed" : "missing"));
    }

    /// One chunk as it was sent.
    public Parsed<Bytes> plain(Manifest manifest, int index) throws IOException {
        if (!(stored(manifest, index) instanceof Parsed.Value<Bytes>(Bytes sealed))) {
            return keys.has(manifest.content().key()) ? stored(manifest, index) : erased(manifest);
        }
        return keys.with(
                        manifest.content().key(),
                        key -> ContentCipher.open(key, ContentCipher.nonce(index), sealed))
                .map(opened ->
                        opened.<Parsed<Bytes>>map(Parsed::of)
                                .orElseGet(() ->
                                        Parsed.refused(
                                                Fault.DATA_CORRUPT,
                                                "chunk " + index + " does not open")))
                .orElseGet(() -> erased(manifest));
    }

    private static Parsed<Bytes> erased(Manifest manifest) {
        return Parsed.refused(Fault.DATA_ERASED, "this node has no key to " + manifest.id());
    }

    /// One chunk with its way to the root.
    public Parsed<ShownChunk> show(Manifest manifest, int index) throws IOException {
        return stored(manifest, index)
                .map(it -> new ShownChunk(index, manifest.tree().inclusion(index).path(), it));
    }

    /// Puts back a chunk that is damaged or missing, from wherever.
    public Verdict heal(Manifest manifest, int index, Bytes stored) throws IOException {
        Digest leaf = manifest.leaves().get(index);
        if (!Chunks.leaf(stored).equals(leaf)) {
            return Verdict.rejected(Fault.BAD_PROOF, "these are not the bytes of chunk " + index);
        }
        return guarded(
                        stored.size(),
                        () -> {
                            chunks.put(leaf, stored);
                            return Parsed.of(leaf);
                        })
                .verdict();
    }

    /// Begins to keep what another node has: its chunks come by [#heal].
    public Verdict replicate(Manifest manifest) throws IOException {
        if (objects.has(manifest.root())) {
            return Verdict.accepted();
        }
        return guarded(
                        manifest.content().size(),
                        () -> {
                            objects.put(manifest.root(), Manifest.FORMAT.encode(manifest));
                            add(manifest);
                            return Parsed.of(manifest);
                        })
                .verdict();
    }

    /// Makes an object unreadable for ever, then removes it.
    public void erase(Digest root) throws IOException {
        if (!(manifest(root) instanceof Parsed.Value<Manifest>(Manifest manifest))) {
            objects.delete(root);
            return;
        }
        keys.destroy(manifest.content().key());
        for (Digest leaf : manifest.leaves()) {
            chunks.delete(leaf);
        }
        objects.delete(root);
        synchronized (index) {
            TreeSet<Digest> roots = index.get(manifest.id());
            if (roots != null && roots.remove(root) && roots.isEmpty()) {
                index.remove(manifest.id());
            }
        }
    }

    private void add(Manifest manifest) {
        synchronized (index) {
            fresh.add(manifest.root());
            index.computeIfAbsent(manifest.id(), _ -> new TreeSet<>()).add(manifest.root());
        }
    }

    /// The roots of objects that came since this was asked last.
    public List<Digest> fresh() {
        synchronized (index) {
            List<Digest> since = List.copyOf(fresh);
            fresh.clear();
            return since;
        }
    }

    /// The roots of all objects.
    public List<Digest> roots() {
        synchronized (index) {
            return index.values().stream().flatMap(TreeSet::stream).toList();
        }
    }

    /// The roots of the objects that there are of some data.
    public List<Digest> of(DataId id) {
        synchronized (index) {
            return List.copyOf(index.getOrDefault(id, new TreeSet<>()));
        }
    }

    /// What is done with each object.
    public interface Visitor {
        void see(Manifest manifest) throws IOException;
    }

    /// Each object whose list of chunks can be read.
    public void forEach(Visitor visitor) throws IOException {
        objects.forEach(root -> {
            if (manifest(root) instanceof Parsed.Value<Manifest>(Manifest manifest)) {
                visitor.see(manifest);
            }
        });
    }

    /// The roots of objects whose list of chunks cannot be read.
    public Optional<Digest> unreadable() throws IOException {
        Digest[] found = new Digest[1];
        objects.forEach(root -> {
            if (!manifest(root).verdict().isAccepted()) {
                found[0] = root;
            }
        });
        return Optional.ofNullable(found[0]);
    }

    /// Ends uploads that nobody went on with, and removes chunks and keys that belong to nothing.
    ///
    /// @return how many chunks and keys were removed
    public int collect(Instant now) throws IOException {
        uploads.expire(now);
        Known known = new Known();
        forEach(manifest -> {
            manifest.leaves().forEach(known::add);
            known.add(manifest.content().key());
        });
        uploads.leaves().forEach(known::add);
        uploads.all().forEach(upload -> known.add(upload.key()));
        known.sort();
        if (unreadable().isPresent()) {
            // Its chunks would look like nobody's.
            return 0;
        }
        int[] removed = new int[1];
        chunks.forEach(leaf -> {
            if (!known.has(leaf) && isOld(chunks.since(leaf, now), now)) {
                chunks.delete(leaf);
                removed[0]++;
            }
        });
        keys.forEach(key -> {
            if (!known.has(key) && isOld(keys.since(key, now), now)) {
                keys.destroy(key);
                removed[0]++;
            }
        });
        return removed[0];
    }

    private static boolean isOld(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(ORPHAN_AGE_MIN) > 0;
    }

    /// Hashes by their first eight bytes, so that many fit: two that agree in them only keep each
    /// other from being removed.
    private static final class Known {
        private long[] first = new long[1_024];
        private int count;

        private void add(Digest digest) {
            if (count == first.length) {
                first = Arrays.copyOf(first, count * 2);
            }
            first[count++] = digest.bytes().asBuffer().getLong();
        }

        private void sort() {
            Arrays.sort(first, 0, count);
        }

        private boolean has(Digest digest) {
            return Arrays.binarySearch(first, 0, count, digest.bytes().asBuffer().getLong()) >= 0;
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
