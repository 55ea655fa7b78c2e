package org.entente.launcher.app.solo;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.SelfSigned;
import org.entente.client.PrivateFile;
import org.entente.client.Unusable;
import org.entente.client.cli.command.World;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;

/// The key of an account: a PKCS#12 file, with its password in `FILE.password` beside it.
public final class AccountKey {
    /// Nobody judges the certificate beside the key; the format wants one.
    private static final Duration LIFETIME = Duration.ofDays(50 * 365);

    private AccountKey() {}

    /// Makes a file that does not exist yet.
    public static Signer make(Path file, World world) throws Unusable {
        if (Files.exists(file)) {
            throw new Unusable(file + " exists", "Name a file that does not exist yet.");
        }
        try {
            Path password = password(file);
            PrivateFile.write(password, PrivateFile.freshPassword(world.random()));
            Cryptography cryptography = world.cryptography().get();
            KeyPair keys = cryptography.freshKey(world.random());
            var certificate =
                    SelfSigned.certificate(
                            keys,
                            List.of(),
                            LIFETIME,
                            cryptography,
                            world.random(),
                            world.clock().instant());
            new KeyFile(keys, List.of(certificate)).write(file, Password.read(password));
            return cryptography.signer(keys);
        } catch (IOException | KeyFileUnusable e) {
            throw new Unusable(
                    "cannot make " + file + ": " + e.getMessage(),
                    "Name a file in a directory where this user may write.");
        }
    }

    public static Signer read(Path file, World world) throws Unusable {
        try {
            KeyFile keys = KeyFile.read(file, Password.read(password(file)));
            return world.cryptography().get().signer(keys.keys());
        } catch (IOException | KeyFileUnusable e) {
            throw new Unusable(
                    "cannot read the key " + file + ": " + e.getMessage(),
                    "Make one with: entente solo key FILE");
        }
    }

    private static Path password(Path file) {
        return Path.of(file + ".password");
    }
}
