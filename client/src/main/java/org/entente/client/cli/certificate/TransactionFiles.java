package org.entente.client.cli.certificate;

import org.entente.certs.Certificate;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.PemFile;
import org.entente.client.PrivateFile;
import org.entente.client.Unusable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A node's transaction certificates: `transaction/DIGEST.{p12,pem}` in its directory, under the
/// password of its own key.
final class TransactionFiles {
    private static final String FOLDER = "transaction";

    private TransactionFiles() {}

    static Path write(Path home, KeyPair keys, Certificate certificate) throws Unusable {
        Path folder = home.resolve(FOLDER);
        try {
            if (!Files.exists(folder)) {
                PrivateFile.createDirectory(folder);
            }
            KeyFile.of(keys, List.of(certificate))
                    .write(
                            folder.resolve(certificate.digest() + ".p12"),
                            Password.read(home.resolve("password")));
            Path file = folder.resolve(certificate.digest() + ".pem");
            PemFile.write(file, List.of(certificate));
            return file;
        } catch (IOException | KeyFileUnusable e) {
            throw new Unusable(
                    "cannot write into " + folder + ": " + e.getMessage(),
                    "Make the directory writable for this user.");
        }
    }

    static List<Certificate> certificates(Path home) throws Unusable {
        Path folder = home.resolve(FOLDER);
        List<Certificate> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".pem")).sorted().toList()) {
                    found.addAll(PemFile.certificates(file).orThrow());
                }
            } catch (IOException | IllegalStateException e) {
                throw new Unusable(
                        folder + " cannot be read: " + e.getMessage(), "Remove the damaged file.");
            }
        }
        return found;
    }

    static Certificate one(Path file) throws Unusable {
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
