package org.entente.client;

import org.entente.certs.Certificate;
import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.PemFile;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A node's transaction certificates: `transaction/DIGEST.{p12,pem}` in its directory, under the
/// password of its own key. `DIGEST.used` beside them: it was shown where it may be shown once.
public final class TransactionFolder implements Credentials {
    private static final String FOLDER = "transaction";
    private static final String KEY = ".p12";
    private static final String CERTIFICATE = ".pem";
    private static final String USED = ".used";

    private final Path home;
    private final Cryptography cryptography;

    public TransactionFolder(Path home, Cryptography cryptography) {
        this.home = home;
        this.cryptography = cryptography;
    }

    @Override
    public Optional<Credential> take(Need need) throws Unusable {
        for (Certificate each : certificates(home)) {
            if (need.isMetBy(each) && isFree(each) && (need.use() == Use.OFTEN || claim(each))) {
                return Optional.of(new Credential(cryptography.signer(keys(each)), each));
            }
        }
        return Optional.empty();
    }

    private boolean isFree(Certificate certificate) {
        return Files.exists(file(certificate, KEY)) && !Files.exists(file(certificate, USED));
    }

    /// Of several that try, one succeeds: the file is made or it was there.
    private boolean claim(Certificate certificate) throws Unusable {
        try {
            Files.createFile(file(certificate, USED));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw unwritable(home.resolve(FOLDER), e);
        }
    }

    private KeyPair keys(Certificate certificate) throws Unusable {
        Path file = file(certificate, KEY);
        try {
            return KeyFile.read(file, Password.read(home.resolve("password"))).keys();
        } catch (IOException | KeyFileUnusable e) {
            throw new Unusable(
                    file + " cannot be used: " + e.getMessage(), "Remove the damaged file.");
        }
    }

    private Path file(Certificate certificate, String ending) {
        return home.resolve(FOLDER).resolve(certificate.digest() + ending);
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
        Path folder = home.resolve(FOLDER);
        List<Certificate> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(CERTIFICATE))
                                .sorted()
                                .toList()) {
                    found.addAll(PemFile.certificates(file).orThrow());
                }
            } catch (IOException | IllegalStateException e) {
                throw new Unusable(
                        folder + " cannot be read: " + e.getMessage(), "Remove the damaged file.");
            }
        }
        return found;
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
