package org.entente.chain.industrial.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.chain.industrial.data.Chunks;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

final class VaultTest {
    static final VerifyingKey OWNER =
            new VerifyingKey(
                    Bytes.fromHex(
                            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
    private static final VerifyingKey OTHER =
            new VerifyingKey(
                    Bytes.fromHex(
                            "7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978"
                                + "07775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1"));
    static final Instant NOW = Instant.ofEpochSecond(1_780_000_000L);
    private static final DataId ID = new DataId("press/7");
    private static final VaultLimits LIMITS = new VaultLimits(3, 2, Duration.ofHours(1), 0);

    /// Two whole chunks would be half a megabyte: the second is short.
    private static final Bytes CONTENT = content();

    @TempDir Path directory;

    private static Bytes content() {
        byte[] bytes = new byte[Content.CHUNK_SIZE_BYTES + 1_000];
        new Random(5).nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private static Bytes chunk(int index) {
        int from = index * Content.CHUNK_SIZE_BYTES;
        return CONTENT.slice(from, from + Chunks.size(index, CONTENT.size()));
    }

    private Vault open(Disk disk) throws IOException, VaultUnusable {
        return Vault.open(directory, disk, LIMITS, new SecureRandom());
    }

    private static Upload.Sealed put(Vault vault) throws IOException {
        Digest upload = vault.begin(OWNER, ID, CONTENT.size(), NOW).orThrow().upload().id();
        vault.chunk(upload, OWNER, 0, chunk(0)).orThrow();
        vault.chunk(upload, OWNER, 1, chunk(1)).orThrow();
        return vault.seal(upload, OWNER, NOW).orThrow();
    }

    private static Fault fault(Verdict verdict) {
        return ((Verdict.Rejected) verdict).fault();
    }

    private static Bytes read(Vault vault, Digest root) throws IOException {
        Manifest manifest = vault.manifest(root).orThrow();
        return vault.plain(manifest, 0).orThrow().concat(vault.plain(manifest, 1).orThrow());
    }

    private long count(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private Path file(Digest leaf) {
        String hex = leaf.hex();
        return directory
                .resolve("chunks/" + hex.substring(0, 2) + "/" + hex.substring(2, 4))
                .resolve(hex);
    }

    @Test
    void what_was_put_is_read_back_and_each_chunk_is_proved() throws Exception {
        try (Vault vault = open(new FileDisk())) {
            Upload.Sealed sealed = put(vault);
            assertThat(read(vault, sealed.content().root())).isEqualTo(CONTENT);
            assertThat(sealed.plainRoot())
                    .isEqualTo(
                            Chunks.tree(List.of(Chunks.leaf(chunk(0)), Chunks.leaf(chunk(1))))
                                    .root());
            Manifest manifest = vault.manifest(sealed.content().root()).orThrow();
            for (int index = 0; index < 2; index++) {
                var shown = vault.show(manifest, index).orThrow();
                assertThat(shown.verify(sealed.content()).isAccepted()).isTrue();
                assertThat(shown.stored()).isNotEqualTo(chunk(index));
            }
            assertThat(count("uploads")).isZero();
            assertThat(Files.getPosixFilePermissions(directory.resolve("storage.key")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void the_same_content_twice_has_two_keys_and_shares_no_chunk() throws Exception {
        try (Vault vault = open(new FileDisk())) {
            Content.Stored first = put(vault).content();
            Content.Stored second = put(vault).content();
            assertThat(first.key()).isNotEqualTo(second.key());
            assertThat(vault.manifest(first.root()).orThrow().leaves())
                    .doesNotContainAnyElementsOf(vault.manifest(second.root()).orThrow().leaves());
        }
    }

    @Test
    void an_upload_goes_on_after_a_restart_where_it_was() throws Exception {
        Digest upload;
        try (Vault vault = open(new FileDisk())) {
            upload = vault.begin(OWNER, ID, CONTENT.size(), NOW).orThrow().upload().id();
            vault.chunk(upload, OWNER, 0, chunk(0)).orThrow();
        }
        try (Vault vault = open(new FileDisk())) {
            assertThat(vault.progress(upload, OWNER).orThrow().next()).isEqualTo(1);
            assertThat(fault(vault.seal(upload, OWNER, NOW).verdict()))
                    .isEqualTo(Fault.INVALID_VALUE);
            vault.chunk(upload, OWNER, 1, chunk(1)).orThrow();
            Upload.Sealed sealed = vault.seal(upload, OWNER, NOW).orThrow();
            assertThat(vault.seal(upload, OWNER, NOW)).isEqualTo(Parsed.of(sealed));
            assertThat(read(vault, sealed.content().root())).isEqualTo(CONTENT);
        }
    }

    /// One nonce would seal two contents.
    @Test
    void a_chunk_that_came_is_taken_again_with_the_same_bytes_only() throws Exception {
        try (Vault vault = open(new FileDisk())) {
            Digest upload = vault.begin(OWNER, ID, CONTENT.size(), NOW).orThrow().upload().id();
            vault.chunk(upload, OWNER, 0, chunk(0)).orThrow();
            assertThat(vault.chunk(upload, OWNER, 0, chunk(0)).orThrow().next()).isEqualTo(1);
            byte[] other = chunk(0).toArray();
            other[7] ^= 1;
            assertThat(fault(vault.chunk(upload, OWNER, 0, Bytes.copyOf(other)).verdict()))
                    .isEqualTo(Fault.ALREADY_EXISTS);
        }
    }

    @Test
    void what_does_not_fit_an_upload_is_refused() throws Exception {
        try (Vault vault = open(new FileDisk())) {
            Digest upload = vault.begin(OWNER, ID, CONTENT.size(), NOW).orThrow().upload().id();
            assertThat(fault(vault.chunk(upload, OWNER, 1, chunk(1)).verdict()))
                    .isEqualTo(Fault.INVALID_VALUE);
            assertThat(fault(vault.chunk(upload, OWNER, 0, chunk(1)).verdict()))
                    .isEqualTo(Fault.INVALID_VALUE);
            assertThat(fault(vault.chunk(upload, OTHER, 0, chunk(0)).verdict()))
                    .isEqualTo(Fault.NOT_YOURS);
            assertThat(fault(vault.chunk(Digest.ZERO, OWNER, 0, chunk(0)).verdict()))
                    .isEqualTo(Fault.NOT_FOUND);
            vault.begin(OWNER, ID, 1, NOW).orThrow();
            assertThat(fault(vault.begin(OWNER, ID, 1, NOW).verdict())).isEqualTo(Fault.OVERLOADED);
            vault.begin(OTHER, ID, 1, NOW).orThrow();
            assertThat(fault(vault.begin(OTHER, ID, 1, NOW).verdict())).isEqualTo(Fault.OVERLOADED);
        }
    }

    @Test
    void a_changed_and_a_missing_chunk_are_found_and_healed_by_the_right_bytes_alone()
            throws Exception {
        try (Vault vault = open(new FileDisk())) {
            Manifest manifest = vault.manifest(put(vault).content().root()).orThrow();
            Bytes sound = vault.stored(manifest, 0).orThrow();
            Path file = file(manifest.leaves().getFirst());
            byte[] changed = sound.toArray();
            changed[100] ^= 1;
            Files.write(file, changed, StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(fault(vault.stored(manifest, 0).verdict())).isEqualTo(Fault.DATA_CORRUPT);
            assertThat(fault(vault.plain(manifest, 0).verdict())).isEqualTo(Fault.DATA_CORRUPT);
            Files.delete(file);
            assertThat(fault(vault.show(manifest, 0).verdict())).isEqualTo(Fault.DATA_CORRUPT);
            assertThat(fault(vault.heal(manifest, 0, Bytes.copyOf(changed))))
                    .isEqualTo(Fault.BAD_PROOF);
            assertThat(vault.heal(manifest, 0, sound).isAccepted()).isTrue();
            assertThat(vault.plain(manifest, 0)).isEqualTo(Parsed.of(chunk(0)));
        }
    }

    @Test
    void what_was_erased_is_unreadable_even_where_its_chunks_are_left() throws Exception {
        try (Vault vault = open(new FileDisk())) {
            Manifest manifest = vault.manifest(put(vault).content().root()).orThrow();
            List<Bytes> kept =
                    List.of(
                            vault.stored(manifest, 0).orThrow(),
                            vault.stored(manifest, 1).orThrow());
            vault.erase(manifest.root());
            assertThat(fault(vault.manifest(manifest.root()).verdict())).isEqualTo(Fault.NOT_FOUND);
            assertThat(count("chunks")).isZero();
            assertThat(count("keys")).isZero();
            vault.replicate(manifest.replica(NOW));
            for (int index = 0; index < 2; index++) {
                vault.heal(manifest, index, kept.get(index));
                assertThat(vault.stored(manifest, index)).isEqualTo(Parsed.of(kept.get(index)));
                assertThat(fault(vault.plain(manifest, index).verdict()))
                        .isEqualTo(Fault.DATA_ERASED);
            }
        }
    }

    @Test
    void a_vault_whose_storage_key_is_lost_or_open_to_others_is_not_opened() throws Exception {
        try (Vault vault = open(new FileDisk())) {
            put(vault);
            assertThatThrownBy(() -> open(new FileDisk())).isInstanceOf(VaultUnusable.class);
        }
        Path key = directory.resolve("storage.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> open(new FileDisk())).isInstanceOf(VaultUnusable.class);
        Files.delete(key);
        assertThatThrownBy(() -> open(new FileDisk())).isInstanceOf(VaultUnusable.class);
    }

    @Test
    void an_upload_that_nobody_goes_on_with_ends_and_leaves_nothing() throws Exception {
        try (Vault vault = open(new FileDisk())) {
            Digest upload = vault.begin(OWNER, ID, CONTENT.size(), NOW).orThrow().upload().id();
            vault.chunk(upload, OWNER, 0, chunk(0)).orThrow();
            vault.collect(Instant.now());
            assertThat(vault.progress(upload, OWNER).orThrow().next()).isEqualTo(1);
            vault.collect(Instant.now().plus(Duration.ofHours(2)));
            assertThat(fault(vault.progress(upload, OWNER).verdict())).isEqualTo(Fault.NOT_FOUND);
            assertThat(count("chunks") + count("keys") + count("uploads")).isZero();
        }
    }

    @Test
    void what_belongs_to_an_object_stays_however_old_it_is() throws Exception {
        try (Vault vault = open(new FileDisk())) {
            Digest root = put(vault).content().root();
            assertThat(vault.collect(Instant.now().plus(Duration.ofDays(1)))).isZero();
            assertThat(read(vault, root)).isEqualTo(CONTENT);
        }
    }

    private static void work(Vault vault, List<Digest> uploads, int[] chunks, List<Digest> roots)
            throws IOException {
        Digest upload = vault.begin(OWNER, ID, CONTENT.size(), NOW).orThrow().upload().id();
        uploads.add(upload);
        for (int index = 0; index < 2; index++) {
            vault.chunk(upload, OWNER, index, chunk(index)).orThrow();
            chunks[0]++;
        }
        roots.add(vault.seal(upload, OWNER, NOW).orThrow().content().root());
        vault.erase(roots.getFirst());
    }

    @Test
    void whenever_the_machine_stops_nothing_answered_is_lost_and_nothing_is_left_over()
            throws Exception {
        int steps = 0;
        boolean whole = false;
        while (!whole) {
            DyingDisk disk = new DyingDisk(steps++, DyingDisk.End.MACHINE_STOPS);
            List<Digest> uploads = new ArrayList<>();
            List<Digest> roots = new ArrayList<>();
            int[] chunks = new int[1];
            try {
                Vault dying = open(disk);
                try (dying) {
                    work(dying, uploads, chunks, roots);
                    whole = true;
                }
            } catch (DyingDisk.Stopped e) {
                // The next start finds what is there.
            }
            try (Vault vault = open(new FileDisk())) {
                holds(vault, uploads, chunks[0], roots);
                vault.forEach(manifest -> vault.erase(manifest.root()));
                vault.collect(Instant.now().plus(Duration.ofHours(2)));
                assertThat(count("chunks") + count("keys") + count("uploads") + count("objects"))
                        .as("after %d steps", steps)
                        .isZero();
            }
        }
        assertThat(steps).isGreaterThan(20);
    }

    private static void holds(Vault vault, List<Digest> uploads, int chunks, List<Digest> roots)
            throws IOException {
        if (roots.isEmpty() && !uploads.isEmpty()) {
            Digest upload = uploads.getFirst();
            if (vault.progress(upload, OWNER) instanceof Parsed.Value<Upload.Progress>(var at)) {
                assertThat(at.next()).isGreaterThanOrEqualTo(chunks);
                // A sender goes on where it is told to, and sends nothing before that again.
                for (int index = at.next(); index < 2; index++) {
                    vault.chunk(upload, OWNER, index, chunk(index)).orThrow();
                }
                Digest root = vault.seal(upload, OWNER, NOW).orThrow().content().root();
                assertThat(read(vault, root)).isEqualTo(CONTENT);
            } else {
                // It became an object before the answer.
                assertThat(chunks).isEqualTo(2);
                vault.forEach(it -> assertThat(read(vault, it.root())).isEqualTo(CONTENT));
            }
        }
        for (Digest root : roots) {
            // It is erased from its key on: readable as a whole, or there no longer.
            assertThat(vault.has(root)).isEqualTo(vault.manifest(root).verdict().isAccepted());
            if (vault.has(root)) {
                assertThat(read(vault, root)).isEqualTo(CONTENT);
            }
        }
    }

    @Test
    void a_full_disk_is_said_and_leaves_nothing_half_done() throws Exception {
        int steps = 0;
        boolean whole = false;
        try (Vault made = open(new FileDisk())) {
            assertThat(made.has(Digest.ZERO)).isFalse();
        }
        while (!whole) {
            DyingDisk disk = new DyingDisk(steps++, DyingDisk.End.DISK_IS_FULL);
            try (Vault vault = open(disk)) {
                List<Digest> uploads = new ArrayList<>();
                List<Digest> roots = new ArrayList<>();
                try {
                    work(vault, uploads, new int[1], roots);
                    whole = true;
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining(Fault.STORAGE_FULL.name());
                }
                assertThat(count("tmp")).isZero();
            }
            try (Vault vault = open(new FileDisk())) {
                assertThat(count("objects")).isZero();
                vault.collect(Instant.now().plus(Duration.ofHours(2)));
                assertThat(count("chunks") + count("keys") + count("uploads")).isZero();
            }
        }
        assertThat(steps).isGreaterThan(5);
    }

    @Test
    void data_leaves_the_room_that_is_reserved() throws Exception {
        VaultLimits all = new VaultLimits(3, 2, Duration.ofHours(1), Long.MAX_VALUE / 2);
        try (Vault vault = Vault.open(directory, new FileDisk(), all, new SecureRandom())) {
            assertThat(fault(vault.begin(OWNER, ID, 1, NOW).verdict()))
                    .isEqualTo(Fault.STORAGE_FULL);
        }
    }
}
