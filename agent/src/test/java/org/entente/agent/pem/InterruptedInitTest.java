package org.entente.agent.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.agent.fixture.Organisations;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.TreeSet;

/// Making the agent's identity, ended by a crash and begun again.
class InterruptedInitTest {
    private static final NodeId NODE =
            new NodeId(new OrganisationId("alpha.example"), new Name("agent-1"));

    @TempDir Path place;

    /// Ends the process, as it were, in the middle of making the password.
    private static final class Ending extends SecureRandom {
        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            throw new IllegalStateException("the process ends here");
        }
    }

    @Test
    void a_crash_while_the_password_is_made_leaves_nothing_to_trip_over() throws Exception {
        Organisations.create(home(), NODE.organisation().domain()).close();
        try (OrganisationFiles organisation = organisation()) {
            assertThatThrownBy(() -> create(new Ending(), organisation))
                    .hasMessageContaining("the process ends here");
            assertThat(identity().resolve("password")).doesNotExist();
            assertThat(create(Organisations.RANDOM, organisation).certificate().node())
                    .contains(NODE);
        }
        assertThat(Files.readString(identity().resolve("password")).strip())
                .hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void a_password_without_a_key_is_taken_up() throws Exception {
        Organisations.create(home(), NODE.organisation().domain()).close();
        try (OrganisationFiles organisation = organisation()) {
            create(Organisations.RANDOM, organisation);
            String password = Files.readString(identity().resolve("password"));
            Files.delete(identity().resolve("key.p12"));
            create(Organisations.RANDOM, organisation);
            assertThat(Files.readString(identity().resolve("password"))).isEqualTo(password);
        }
    }

    private Identity create(SecureRandom random, OrganisationFiles organisation) throws Exception {
        return new IdentityFiles(identity(), Organisations.CRYPTOGRAPHY, random)
                .create(organisation.get(), NODE, new TreeSet<>(), Instant.now());
    }

    private Path home() {
        return place.resolve("alpha");
    }

    private Path identity() {
        return place.resolve("identity");
    }

    private OrganisationFiles organisation() throws FilesUnusable {
        return OrganisationFiles.open(
                home(),
                home().resolve("password"),
                Organisations.CRYPTOGRAPHY,
                Organisations.RANDOM);
    }
}
