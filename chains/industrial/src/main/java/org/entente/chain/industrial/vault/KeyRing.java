package org.entente.chain.industrial.vault;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// The content keys, each in a file of its own, wrapped under the node's storage key. None is kept
/// in memory: what is destroyed opens nothing from then on.
final class KeyRing {
    private static final String STORAGE_KEY = "storage.key";

    private final byte[] storageKey;
    private final Shelf wrapped;
    private final SecureRandom random;

    private KeyRing(byte[] storageKey, Shelf wrapped, SecureRandom random) {
        this.storageKey = storageKey;
        this.wrapped = wrapped;
        this.random = random;
    }

    /// @param fresh whether there is nothing in the vault that an earlier storage key wrapped
    static KeyRing open(
            Path directory, Shelf wrapped, Disk disk, SecureRandom random, boolean fresh)
            throws IOException, VaultUnusable {
        Path file = directory.resolve(STORAGE_KEY);
        if (!Files.exists(file)) {
            if (!fresh) {
                throw new VaultUnusable(
                        file
                                + " is missing: without it no object here can be read. Bring it"
                                + " back from its copy");
            }
            byte[] key = new byte[ContentCipher.KEY_SIZE_BYTES];
            random.nextBytes(key);
            Path beside = directory.resolve(STORAGE_KEY + ".next");
            disk.delete(beside);
            disk.write(beside, Bytes.copyOf(key));
            disk.rename(beside, file);
            disk.force(directory);
        }
        if (Files.getPosixFilePermissions(file).stream().anyMatch(KeyRing::isOfOthers)) {
            throw new VaultUnusable(file + " is open to others than its owner: chmod 600 " + file);
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != ContentCipher.KEY_SIZE_BYTES) {
            throw new VaultUnusable(file + " is no key: it has " + key.length + " bytes");
        }
        return new KeyRing(key, wrapped, random);
    }

    private static boolean isOfOthers(PosixFilePermission bit) {
        return !bit.name().startsWith("OWNER_");
    }

    /// A key that was never used, already durable.
    ///
    /// @return its name
    Digest fresh() throws IOException {
        byte[] key = new byte[ContentCipher.KEY_SIZE_BYTES];
        byte[] nonce = new byte[ContentCipher.NONCE_SIZE_BYTES];
        random.nextBytes(key);
        random.nextBytes(nonce);
        Digest name = ContentCipher.name(key);
        Bytes sealed = ContentCipher.seal(storageKey, nonce, Bytes.copyOf(key));
        wrapped.put(name, Bytes.copyOf(nonce).concat(sealed));
        Arrays.fill(key, (byte) 0);
        return name;
    }

    /// False too where its destruction was broken off when its file was blank already. One that is
    /// there but opens no longer is damaged, not destroyed.
    boolean has(Digest name) throws IOException {
        return wrapped.get(name).filter(KeyRing::isWritten).isPresent();
    }

    private static boolean isWritten(Bytes file) {
        return !file.equals(Bytes.copyOf(new byte[file.size()]));
    }

    /// Does something with a key; empty: there is none, it was destroyed, or it does not open.
    <T> Optional<T> with(Digest name, Function<byte[], T> use) throws IOException {
        Optional<Bytes> file = wrapped.get(name);
        if (file.isEmpty() || file.get().size() <= ContentCipher.NONCE_SIZE_BYTES) {
            return Optional.empty();
        }
        Bytes nonce = file.get().slice(0, ContentCipher.NONCE_SIZE_BYTES);
        Bytes sealed = file.get().slice(ContentCipher.NONCE_SIZE_BYTES, file.get().size());
        Optional<Bytes> opened = ContentCipher.open(storageKey, nonce.toArray(), sealed);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        byte[] key = opened.get().toArray();
        try {
            return ContentCipher.name(key).equals(name)
                    ? Optional.of(use.apply(key))
                    : Optional.empty();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// When it was made.
    Instant since(Digest name, Instant now) throws IOException {
        return wrapped.since(name, now);
    }

    /// What it sealed is unreadable from now on.
    void destroy(Digest name) throws IOException {
        wrapped.destroy(name);
    }

    void forEach(Shelf.Visitor visitor) throws IOException {
        wrapped.forEach(visitor);
    }
}
