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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The data that a node keeps (docs/chains/industrial-data.md §5). May be used by many threads.
///
/// An upload's key, then its facts, then for each chunk its journal entry and its file are forced,
/// then the manifest, whose name is the content's root: with it the object is there. Erasing goes
/// the other way: key, chunks, manifest.
public final class Vault implements AutoCloseable {
    private static final int SEALED_COUNT_MAX = 256;

    private final Room room;
    private final Shelf chunks;
    private final Shelf objects;
    private final KeyRing keys;
    private final Uploads uploads;
    private final FileChannel lock;
    private final Catalogue catalogue = new Catalogue();

    /// The latest seals, for those whose answer was lost. Guarded by itself.
    private final LinkedHashMap<Digest, Owned> sealed = new LinkedHashMap<>();

    private record Owned(VerifyingKey owner, Upload.Sealed sealed) {}

    private Vault(
            Room room,
            Shelf chunks,
            Shelf objects,
            KeyRing keys,
            Uploads uploads,
            FileChannel lock) {
        this.room = room;
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
        Vault vault =
                new Vault(
                        new Room(directory, disk, limits.reserveSizeBytes()),
                        chunks,
                        objects,
                        keys,
                        uploads,
                        lock);
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
                catalogue.add(manifest);
            }
        });
    }

    public Parsed<Upload.Progress> begin(VerifyingKey owner, DataId data, long size, Instant now)
            throws IOException {
        return room.guarded(size, () -> uploads.begin(owner, data, size, now));
    }

    public Parsed<Upload.Progress> progress(Digest upload, VerifyingKey by) {
        return uploads.progress(upload, by);
    }

    /// Takes one chunk of an upload.
    ///
    /// @return how far the upload is, once the chunk is forced
    public Parsed<Upload.Progress> chunk(Digest upload, VerifyingKey by, int index, Bytes plain)
            throws IOException {
        return room.guarded(plain.size(), () -> uploads.chunk(upload, by, index, plain));
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
        return room.guarded(
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
                    catalogue.add(manifest);
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
        return room.guarded(
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
        return room.guarded(
                        manifest.content().size(),
                        () -> {
                            objects.put(manifest.root(), Manifest.FORMAT.encode(manifest));
                            catalogue.add(manifest);
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
        catalogue.remove(manifest);
    }

    /// The roots of objects that came since this was asked last.
    public List<Digest> fresh() {
        return catalogue.fresh();
    }

    /// The roots of all objects.
    public List<Digest> roots() {
        return catalogue.roots();
    }

    /// The roots of the objects that there are of some data.
    public List<Digest> of(DataId id) {
        return catalogue.of(id);
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
        // What an unreadable list names would look like nobody's.
        return unreadable().isPresent() ? 0 : known.removeOthers(chunks, keys, now);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
