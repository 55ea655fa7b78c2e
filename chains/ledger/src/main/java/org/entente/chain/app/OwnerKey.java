package org.entente.chain.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.SelfSigned;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The key of a network's owner, beside the nodes on this machine: `owner.p12` and its password, as
/// `entente solo` takes the key of an account.
public final class OwnerKey {
    private static final String KEY = "owner.p12";
    private static final String PASSWORD = KEY + ".password";

    /// Nobody judges the certificate beside the key; the format wants one.
    private static final Duration LIFETIME = Duration.ofDays(3650);

    private OwnerKey() {}

    public static Signer make(Path directory, Cryptography cryptography, Instant now)
            throws IOException, KeyFileUnusable {
        SecureRandom random = new SecureRandom();
        Files.deleteIfExists(directory.resolve(PASSWORD));
        KeyPair keys = cryptography.freshKey(random);
        var certificate =
                SelfSigned.certificate(keys, List.of(), LIFETIME, cryptography, random, now);
        new KeyFile(keys, List.of(certificate))
                .write(
                        directory.resolve(KEY),
                        Password.create(directory.resolve(PASSWORD), random));
        return cryptography.signer(keys);
    }

    public static Signer read(Path directory) throws IOException, KeyFileUnusable {
        Password password = Password.read(directory.resolve(PASSWORD));
        return Cryptography.fastest().signer(KeyFile.read(directory.resolve(KEY), password).keys());
    }
}
