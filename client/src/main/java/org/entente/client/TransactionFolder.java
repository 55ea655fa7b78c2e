package org.entente.client;

import org.entente.certs.Certificate;
import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.PemFile;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A node's transaction certificates: `transaction/DIGEST.{p12,pem}` in its directory, under the
/// password of its own key. `DIGEST.used` beside them: it was shown where it may be shown once.
///
/// May be used by several threads. What was read is kept for as long as its file is there: a name
/// is the digest of what the file holds, and to open a key costs some thousand hashes.
public final class TransactionFolder implements Credentials {
    private static final String FOLDER = "transaction";
    private static final String KEY = ".p12";
    private static final String CERTIFICATE = ".pem";
    private static final String USED = ".used";

    private final Path home;
    private final Cryptography cryptography;

    /// By the file's name; guarded by itself.
    private final TreeMap<Path, List<Certificate>> read = new TreeMap<>();

    /// By the certificate; guarded by itself.
    private final TreeMap<Digest, Credential> opened = new TreeMap<>();

    public TransactionFolder(Path home, Cryptography cryptography) {
        this.home = home;
        this.cryptography = cryptography;
    }

    @Override
    public Optional<Credential> take(Need need) throws Unusable {
        for (Certificate each : certificates()) {
            if (need.isMetBy(each) && isFree(each) && (need.use() == Use.OFTEN || claim(each))) {
                return Optional.of(credential(each));
            }
        }
        return Optional.empty();
    }

    private List<Certificate> certificates() throws Unusable {
        synchronized (read) {
            List<Path> files = files(home);
            read.keySet().retainAll(files);
            List<Certificate> all = new ArrayList<>();
            for (Path file : files) {
                List<Certificate> known = read.get(file);
                if (known == null) {
                    known = in(file);
                    read.put(file, known);
                }
                all.addAll(known);
            }
            return all;
        }
    }

    private Credential credential(Certificate certificate) throws Unusable {
        synchronized (opened) {
            Credential known = opened.get(certificate.digest());
            if (known == null) {
                known = new Credential(cryptography.signer(keys(certificate)), certificate);
                opened.keySet().removeIf(each -> !Files.exists(file(each, KEY)));
                opened.put(certificate.digest(), known);
            }
            return known;
        }
    }

    private boolean isFree(Certificate certificate) {
        return Files.exists(file(certificate.digest(), KEY))
                && !Files.exists(file(certificate.digest(), USED));
    }

    /// Of several that try, one succeeds: the file is made or it was there.
    private boolean claim(Certificate certificate) throws Unusable {
        try {
            Files.createFile(file(certificate.digest(), USED));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw unwritable(home.resolve(FOLDER), e);
        }
    }

    private KeyPair keys(Certificate certificate) throws Unusable {
        Path file = file(certificate.digest(), KEY);
        try {
            return KeyFile.read(file, Password.read(home.resolve("password"))).keys();
        } catch (IOException | KeyFileUnusable e) {
            throw new Unusable(
                    file + " cannot be used: " + e.getMessage(), "Remove the damaged file.");
        }
    }

    private Path file(Digest certificate, String ending) {
        return home.resolve(FOLDER).resolve(certificate + ending);
    }

    public static Path write(Path home, KeyPair keys, Certificate certificate) throws Unusable {
        Path folder = home.resolve(FOLDER);
        try {
            if (!Files.exists(folder)) {
                PrivateFile.createDirectory(folder);
            }
            KeyFile.of(keys, List.of(certificate))
                    .write(
                            folder.resolve(certificate.digest() + KEY),
                            Password.read(home.resolve("password")));
            Path file = folder.resolve(certificate.digest() + CERTIFICATE);
            PemFile.write(file, List.of(certificate));
            return file;
        } catch (IOException | KeyFileUnusable e) {
            throw unwritable(folder, e);
        }
    }

    private static Unusable unwritable(Path folder, Exception why) {
        return new Unusable(
                "cannot write into " + folder + ": " + why.getMessage(),
                "Make the directory writable for this user.");
    }

    public static List<Certificate> certificates(Path home) throws Unusable {
        List<Certificate> found = new ArrayList<>();
        for (Path file : files(home)) {
            found.addAll(in(file));
        }
        return found;
    }

    /// Those of certificates, in the order of their names.
    private static List<Path> files(Path home) throws Unusable {
        Path folder = home.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.toString().endsWith(CERTIFICATE)).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static List<Certificate> in(Path file) throws Unusable {
        try {
            return PemFile.certificates(file).orThrow();
        } catch (IOException | IllegalStateException e) {
            throw unreadable(file, e);
        }
    }

    private static Unusable unreadable(Path file, Exception why) {
        return new Unusable(
                file + " cannot be read: " + why.getMessage(), "Remove the damaged file.");
    }

    public static Certificate one(Path file) throws Unusable {
        try {
            List<Certificate> found = PemFile.certificates(file).orThrow();
            if (found.size() == 1) {
                return found.getFirst();
            }
            throw new Unusable(
                    file + " holds " + found.size() + " certificates", "Name a file with one.");
        } catch (IOException | IllegalStateException e) {
            throw new Unusable(
                    file + " cannot be read: " + e.getMessage(),
                    "Name the PEM file of one certificate.");
        }
    }
}
