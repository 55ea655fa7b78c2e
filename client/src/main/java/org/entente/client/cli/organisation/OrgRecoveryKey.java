package org.entente.client.cli.organisation;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.SelfSigned;
import org.entente.client.Failure;
import org.entente.client.PrivateFile;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.VerifyingKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;

/// `org recovery-key`: makes the key that record 0 may name for the day on which the majority is
/// lost (protocol.md §2.7).
final class OrgRecoveryKey implements Command {
    /// Nothing judges the certificate beside the key; a PKCS#12 file must have one.
    private static final Duration LIFETIME = Duration.ofDays(50 * 365);

    private static final Parameter<OrganisationId> ORGANISATION =
            Parameter.argument("ORG", "the organisation's own domain name", OrganisationId::new);
    private static final Parameter<Path> FILE =
            Parameter.required(
                    "--file",
                    "FILE",
                    "the key file to make (PKCS#12), on an offline disk",
                    Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "recovery-key",
                "Make an offline recovery key, which an alliance contract may name: all of them"
                        + " together replace a lost majority.",
                "makes FILE, a fresh password in FILE.password, and the public key in FILE.json.",
                "entente org recovery-key alpha.example --file /media/safe/alpha-recovery.p12",
                List.of(ORGANISATION, FILE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Path file = call.value(FILE).toAbsolutePath().normalize();
        if (Files.exists(file)) {
            throw new Unusable(file + " exists", "Name a file that does not exist yet.");
        }
        try {
            VerifyingKey key = make(call, file);
            String member = member(call.value(ORGANISATION), key);
            PrivateFile.write(Path.of(file + ".json"), member + "\n");
            return Answer.of(
                            List.of(
                                    call.value(ORGANISATION) + ": recovery key made in " + file,
                                    "public key " + member),
                            Fields.of("organisation", call.value(ORGANISATION))
                                    .and("file", file)
                                    .and("key", key))
                    .next(
                            "put the public key into recovery.keys of the alliance contract; keep "
                                    + file
                                    + " and its password offline, in two places");
        } catch (IOException | KeyFileUnusable e) {
            throw new Unusable(
                    "cannot make " + file + ": " + e.getMessage(),
                    "Name a file in a directory where this user may write.");
        }
    }

    /// The password first: no crash leaves a key that nobody can open.
    private static VerifyingKey make(Call call, Path file) throws IOException, KeyFileUnusable {
        var random = call.world().random();
        Path password = Path.of(file + ".password");
        PrivateFile.write(password, PrivateFile.freshPassword(random));
        Cryptography cryptography = call.world().cryptography().get();
        KeyPair keys = cryptography.freshKey(random);
        var certificate =
                SelfSigned.certificate(
                        keys,
                        List.of(),
                        LIFETIME,
                        cryptography,
                        random,
                        call.world().clock().instant());
        new KeyFile(keys, List.of(certificate)).write(file, Password.read(password));
        return cryptography.signer(keys).key();
    }

    /// As it stands in a contract file.
    private static String member(OrganisationId organisation, VerifyingKey key) {
        return "{\"organisation\": \"" + organisation + "\", \"key\": \"" + key + "\"}";
    }
}
