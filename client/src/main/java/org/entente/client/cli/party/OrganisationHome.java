package org.entente.client.cli.party;

import org.entente.certs.issue.CertificateAuthority;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.OrganisationDirectory;
import org.entente.certs.pem.Password;
import org.entente.client.Failure;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Call;
import org.entente.registry.Approver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The organisation's directory, open: its CAs and their keys. `password` in it opens the keys.
public final class OrganisationHome implements AutoCloseable {
    public static final String PASSWORD = "password";

    private final Path home;
    private final OrganisationDirectory directory;
    private final Call call;

    private OrganisationHome(Path home, OrganisationDirectory directory, Call call) {
        this.home = home;
        this.directory = directory;
        this.call = call;
    }

    public static OrganisationHome open(Path home, Call call) throws Unusable {
        if (!Files.isDirectory(home)) {
            throw new Unusable(
                    "there is no directory " + home, "Make one first: entente org init.");
        }
        try {
            return new OrganisationHome(
                    home,
                    OrganisationDirectory.open(
                            home,
                            Password.read(home.resolve(PASSWORD)),
                            call.world().cryptography().get()),
                    call);
        } catch (IOException | KeyFileUnusable e) {
            throw unusable(home, e);
        }
    }

    /// What is done with the directory's files.
    @FunctionalInterface
    public interface Work<T> {
        T on(OrganisationDirectory directory)
                throws IOException, KeyFileUnusable, LedgerUnavailable, Failure;
    }

    public <T> T with(Work<T> work) throws Failure {
        try {
            return work.on(directory);
        } catch (IOException | KeyFileUnusable | LedgerUnavailable e) {
            throw unusable(home, e);
        }
    }

    public Path home() {
        return home;
    }

    public OrganisationDirectory directory() {
        return directory;
    }

    public CertificateAuthority authority() {
        return directory.authority(call.world().random());
    }

    /// The root key signs for the whole organisation.
    public Signatory root() {
        return new Signatory(
                new Approver.Root(directory.organisation()), directory.current().root());
    }

    private static Unusable unusable(Path home, Exception why) {
        return new Unusable(
                home + " cannot be used: " + why.getMessage(),
                "Check the path, that its owner runs this, and the backup of the directory.");
    }

    @Override
    public void close() {
        try {
            directory.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close " + home, e);
        }
    }
}
