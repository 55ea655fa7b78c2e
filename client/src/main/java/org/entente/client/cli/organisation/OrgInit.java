package org.entente.client.cli.organisation;

import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.OrganisationDirectory;
import org.entente.certs.pem.Password;
import org.entente.client.Failure;
import org.entente.client.PrivateFile;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.OrganisationHome;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Change;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// `org init`: makes the organisation's CA.
final class OrgInit implements Command {
    static final String TITLE = "title";
    private static final Parameter<OrganisationId> ORGANISATION =
            Parameter.argument("ORG", "the organisation's own domain name", OrganisationId::new);
    private static final Parameter<Path> DIRECTORY =
            Parameter.required("--directory", "DIR", "the directory to make", Path::of);
    private static final Parameter<String> TITLE_OPTION =
            Parameter.optional("--title", "TEXT", "what people call it", OrgInit::title);

    @Override
    public Usage usage() {
        return new Usage(
                "init",
                "Make an organisation's CA: root, enrolment CA and transaction CA with their keys.",
                "makes DIR, which only you may enter, with a fresh password in DIR/password.",
                "entente org init alpha.example --directory alpha --title \"Alpha Ltd\"",
                List.of(ORGANISATION, DIRECTORY, TITLE_OPTION));
    }

    @Override
    public Answer run(Call call) throws Failure {
        OrganisationId organisation = call.value(ORGANISATION);
        Path home = call.value(DIRECTORY).toAbsolutePath().normalize();
        if (Files.exists(home)) {
            throw new Unusable(home + " exists", "Name a directory that does not exist yet.");
        }
        try {
            make(call, organisation, home);
        } catch (IOException | KeyFileUnusable e) {
            throw new Unusable(
                    "cannot make " + home + ": " + e.getMessage(),
                    "Name a directory in a place where this user may write.");
        }
        try (OrganisationHome made = OrganisationHome.open(home, call)) {
            var root = made.directory().current().authorities().root();
            return Answer.of(
                            List.of(
                                    organisation + ": CA made in " + home,
                                    "root certificate "
                                            + home.resolve("generation-1/root/certificate.pem"),
                                    "SHA-256 " + root.digest()),
                            Fields.of("organisation", organisation)
                                    .and("directory", home)
                                    .and("root", root.digest())
                                    .and("notAfter", root.notAfter()))
                    .next(
                            "keep a backup of "
                                    + home
                                    + " offline; ask the relay's operator for an invitation, then"
                                    + " entente org join --org "
                                    + home);
        }
    }

    /// The password lies beside the directory until the directory is there, so that no crash leaves
    /// keys that nobody can open.
    private static void make(Call call, OrganisationId organisation, Path home)
            throws IOException, KeyFileUnusable {
        Path beside =
                Objects.requireNonNull(home.getParent(), "the root exists")
                        .resolve("." + home.getFileName() + ".password");
        PrivateFile.write(beside, PrivateFile.freshPassword(call.world().random()));
        OrganisationDirectory.create(
                home,
                organisation,
                Password.read(beside),
                call.world().cryptography().get(),
                call.world().random(),
                call.world().clock().instant());
        Files.move(beside, home.resolve(OrganisationHome.PASSWORD));
        PrivateFile.write(
                home.resolve(TITLE), call.value(TITLE_OPTION, organisation.domain()) + "\n");
    }

    private static String title(String text) {
        if (text.isBlank() || text.length() > Change.TITLE_SIZE_MAX) {
            throw new IllegalArgumentException(
                    "a title has 1 to " + Change.TITLE_SIZE_MAX + " characters");
        }
        return text;
    }
}
