package org.entente.client.cli.exchange;

import org.entente.client.PrivateFile;
import org.entente.client.Refused;
import org.entente.client.Trust;
import org.entente.client.TrustFile;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.party.Options;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a node's or an organisation's directory knows of an alliance's epochs:
/// `trust/ALLIANCE.json`. It was checked before it was kept and is checked again.
final class KeptTrust {
    static final long SIZE_BYTES_MAX = 256L * 1024 * 1024;
    private static final String FOLDER = "trust";

    private KeptTrust() {}

    static Optional<Trust> read(Call call, AllianceId alliance) throws Unusable, Refused {
        Optional<Path> file = directory(call).map(home -> file(home, alliance));
        return file.isPresent() && Files.exists(file.get())
                ? Optional.of(read(file.get(), call))
                : Optional.empty();
    }

    static Trust read(Path file, Call call) throws Unusable, Refused {
        Bytes content = Place.read(file, SIZE_BYTES_MAX);
        return Refused.unless(TrustFile.read(content, Place.verifier(call)));
    }

    /// Keeps it where a directory is named.
    static void keep(Call call, Trust trust) throws Unusable {
        Optional<Path> home = directory(call);
        if (home.isEmpty()) {
            return;
        }
        try {
            Path folder = home.get().resolve(FOLDER);
            if (!Files.exists(folder)) {
                PrivateFile.createDirectory(folder);
            }
            PrivateFile.write(file(home.get(), trust.alliance()), TrustFile.write(trust).asUtf8());
        } catch (IOException e) {
            throw new Unusable(
                    "cannot write into " + home.get() + ": " + e.getMessage(),
                    "Make the directory writable for this user.");
        }
    }

    private static Optional<Path> directory(Call call) {
        return call.optional(Options.IDENTITY).or(() -> call.optional(Options.ORG));
    }

    private static Path file(Path home, AllianceId alliance) {
        return home.resolve(FOLDER).resolve(alliance + ".json");
    }
}
