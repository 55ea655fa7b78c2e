package org.entente.chain.industrial.vault;

import org.entente.chain.industrial.data.Chunks;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Uploads that are not sealed yet: each a directory with what it is and its journal.
final class Uploads {
    private static final String FACTS = "upload";
    private static final String JOURNAL = "journal";

    private final Path directory;
    private final Disk disk;
    private final Shelf chunks;
    private final Shelf objects;
    private final KeyRing keys;
    private final SecureRandom random;
    private final VaultLimits limits;

    /// Guarded by itself.
    private final TreeMap<Digest, Open> open = new TreeMap<>();

    /// One upload; its lock guards the journal.
    private record Open(Upload upload, Journal journal) {}

    private Uploads(
            Path directory,
            Disk disk,
            Shelf chunks,
            Shelf objects,
            KeyRing keys,
            SecureRandom random,
            VaultLimits limits) {
        this.directory = directory;
        this.disk = disk;
        this.chunks = chunks;
        this.objects = objects;
        this.keys = keys;
        this.random = random;
        this.limits = limits;
    }

    static Uploads open(
            Path directory,
            Disk disk,
            Shelf chunks,
            Shelf objects,
            KeyRing keys,
            SecureRandom random,
            VaultLimits limits)
            throws IOException {
        Uploads uploads = new Uploads(directory, disk, chunks, objects, keys, random, limits);
        try (Stream<Path> found = Files.list(directory)) {
            for (Path each : found.sorted().toList()) {
                uploads.take(each);
            }
        }
        return uploads;
    }

    /// One whose facts are not whole had not begun.
    private void take(Path folder) throws IOException {
        Path facts = folder.resolve(FACTS);
        if (!Files.exists(facts)
                || !(Upload.FORMAT.decode(Bytes.copyOf(Files.readAllBytes(facts)))
                        instanceof Parsed.Value<Upload>(Upload upload))) {
            remove(folder);
            return;
        }
        open.put(upload.id(), new Open(upload, Journal.open(folder.resolve(JOURNAL), disk)));
        boolean ended =
                !keys.has(upload.key())
                        || whole(upload.id(), upload.owner(), upload.begun())
                                .map(it -> objects.has(it.root()))
                                .equals(Parsed.of(true));
        if (ended) {
            abandon(upload.id(), upload.owner());
        }
    }

    Parsed<Upload.Progress> begin(VerifyingKey owner, DataId data, long size, Instant now)
            throws IOException {
        synchronized (open) {
            long own = open.values().stream().filter(it -> it.upload.owner().equals(owner)).count();
            if (open.size() >= limits.uploads() || own >= limits.uploadsPerAccount()) {
                return Parsed.refused(
                        Fault.OVERLOADED,
                        "%d uploads are open, %d of this account; %d and %d may be"
                                .formatted(
                                        open.size(),
                                        own,
                                        limits.uploads(),
                                        limits.uploadsPerAccount()));
            }
            byte[] id = new byte[Digest.SIZE_BYTES];
            random.nextBytes(id);
            Upload upload =
                    new Upload(new Digest(Bytes.copyOf(id)), owner, data, size, keys.fresh(), now);
            Path folder = folder(upload.id());
            Files.createDirectory(folder);
            disk.write(folder.resolve(FACTS), Upload.FORMAT.encode(upload));
            disk.force(folder);
            disk.force(directory);
            open.put(upload.id(), new Open(upload, Journal.open(folder.resolve(JOURNAL), disk)));
            return Parsed.of(new Upload.Progress(upload, 0));
        }
    }

    /// A chunk that the journal has and the shelf has not is due again: the process ended between
    /// the two.
    Parsed<Upload.Progress> progress(Digest id, VerifyingKey by) {
        return find(id, by)
                .map(it -> {
                    synchronized (it.journal) {
                        List<Digest> leaves = it.journal.stored();
                        int next = 0;
                        while (next < leaves.size() && chunks.has(leaves.get(next))) {
                            next++;
                        }
                        return new Upload.Progress(it.upload, next);
                    }
                });
    }

    private Parsed<Open> find(Digest id, VerifyingKey by) {
        Optional<Open> found;
        synchronized (open) {
            found = Optional.ofNullable(open.get(id));
        }
        if (found.isEmpty()) {
            return Parsed.refused(Fault.NOT_FOUND, "no upload " + id);
        }
        return found.get().upload.owner().equals(by)
                ? Parsed.of(found.get())
                : Parsed.refused(Fault.NOT_YOURS, "the upload is another account's");
    }

    /// Takes the chunk that is due, or one that came already, again.
    Parsed<Upload.Progress> chunk(Digest id, VerifyingKey by, int index, Bytes plain)
            throws IOException {
        if (!(find(id, by) instanceof Parsed.Value<Open>(Open it))) {
            return progress(id, by);
        }
        synchronized (it.journal) {
            Verdict verdict = fits(it, index, plain);
            if (verdict instanceof Verdict.Rejected why) {
                return new Parsed.Refused<>(why);
            }
            Optional<Bytes> sealed =
                    keys.with(
                            it.upload.key(),
                            key -> ContentCipher.seal(key, ContentCipher.nonce(index), plain));
            if (sealed.isEmpty()) {
                return Parsed.refused(Fault.NOT_FOUND, "the upload was given up");
            }
            Digest leaf = Chunks.leaf(sealed.get());
            if (index == it.journal.count()) {
                it.journal.add(new Journal.Entry(Chunks.leaf(plain), leaf));
            }
            if (!chunks.has(leaf)) {
                chunks.put(leaf, sealed.get());
            }
            return Parsed.of(new Upload.Progress(it.upload, it.journal.count()));
        }
    }

    private static Verdict fits(Open it, int index, Bytes plain) {
        int next = it.journal.count();
        if (index > next || index >= it.upload.chunkCount()) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE,
                    "chunk %d of %d where %d is due"
                            .formatted(index, it.upload.chunkCount(), next));
        }
        int size = Chunks.size(index, it.upload.size());
        if (plain.size() != size) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE,
                    "chunk %d has %d bytes, not %d".formatted(index, size, plain.size()));
        }
        return index == next || it.journal.at(index).plain().equals(Chunks.leaf(plain))
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.ALREADY_EXISTS, "chunk " + index + " came with other bytes");
    }

    /// Whether all of it is there: the object's manifest.
    Parsed<Manifest> whole(Digest id, VerifyingKey by, Instant now) {
        return find(id, by)
                .then(it -> {
                    synchronized (it.journal) {
                        List<Digest> leaves = it.journal.stored();
                        Optional<Digest> absent =
                                leaves.stream().filter(leaf -> !chunks.has(leaf)).findFirst();
                        if (leaves.size() < it.upload.chunkCount() || absent.isPresent()) {
                            int missing = absent.map(leaves::indexOf).orElse(leaves.size());
                            return Parsed.refused(
                                    Fault.INVALID_VALUE,
                                    "chunk %d of %d is missing"
                                            .formatted(missing, it.upload.chunkCount()));
                        }
                        return Parsed.of(
                                new Manifest(
                                        Manifest.Kind.OWN,
                                        it.upload.owner(),
                                        it.upload.data(),
                                        now,
                                        new Content.Stored(
                                                it.upload.size(),
                                                Chunks.tree(leaves).root(),
                                                it.upload.key()),
                                        leaves));
                    }
                });
    }

    /// Over the chunks as they were sent.
    Digest plainRoot(Digest id) {
        synchronized (open) {
            Open it = open.get(id);
            if (it == null) {
                throw new IllegalStateException("no upload " + id);
            }
            return Chunks.tree(it.journal.plain()).root();
        }
    }

    /// Ends one whose content is an object from now on.
    void done(Digest id) throws IOException {
        synchronized (open) {
            open.remove(id);
        }
        remove(folder(id));
    }

    /// Ends one with all that came of it, its key first; not what became an object.
    Verdict abandon(Digest id, VerifyingKey by) throws IOException {
        if (!(find(id, by) instanceof Parsed.Value<Open>(Open it))) {
            return find(id, by).verdict();
        }
        synchronized (it.journal) {
            List<Digest> leaves = it.journal.stored();
            if (!objects.has(Chunks.tree(leaves).root())) {
                keys.destroy(it.upload.key());
                for (Digest leaf : leaves) {
                    chunks.delete(leaf);
                }
            }
            done(id);
        }
        return Verdict.accepted();
    }

    /// Ends those that nobody went on with.
    void expire(Instant now) throws IOException {
        for (Upload upload : all()) {
            Path journal = folder(upload.id()).resolve(JOURNAL);
            Instant last =
                    Files.exists(journal)
                            ? Files.getLastModifiedTime(journal).toInstant()
                            : upload.begun();
            if (Duration.between(last, now).compareTo(limits.idleMax()) > 0) {
                abandon(upload.id(), upload.owner());
            }
        }
    }

    List<Upload> all() {
        synchronized (open) {
            return open.values().stream().map(Open::upload).toList();
        }
    }

    /// The chunks that belong to uploads.
    List<Digest> leaves() {
        List<Open> all;
        synchronized (open) {
            all = List.copyOf(open.values());
        }
        List<Digest> leaves = new ArrayList<>();
        for (Open each : all) {
            synchronized (each.journal) {
                leaves.addAll(each.journal.stored());
            }
        }
        return leaves;
    }

    private Path folder(Digest id) {
        return directory.resolve(id.hex());
    }

    /// What it is goes first, forced: without its journal it would look as if nothing had come, and
    /// other bytes would be sealed under nonces that were used.
    private void remove(Path folder) throws IOException {
        disk.delete(folder.resolve(FACTS));
        disk.force(folder);
        disk.delete(folder.resolve("journal.next"));
        disk.delete(folder.resolve(JOURNAL));
        disk.delete(folder);
        disk.force(directory);
    }
}
