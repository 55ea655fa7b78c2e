package org.entente.relay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

final class InvitationsTest {
    private static final OrganisationId ALPHA = new OrganisationId("alpha.example");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir Path folder;

    @Test
    void an_invitation_that_a_crash_cut_short_at_any_byte_invites_nobody() throws IOException {
        Invitations invitations = new Invitations(folder);
        String token = invitations.invite(ALPHA, Duration.ofHours(1), NOW, new SecureRandom());
        Path file = folder.resolve(Digest.of(Bytes.utf8(token)).hex());
        String whole = Files.readString(file);
        assertThat(invitations.check(token, ALPHA, NOW)).isEqualTo(Verdict.accepted());

        for (int size = 0; size < whole.length(); size++) {
            Files.writeString(file, whole.substring(0, size));
            Verdict verdict = invitations.check(token, ALPHA, NOW);
            assertThat(verdict)
                    .as("cut to " + size + " bytes")
                    .isInstanceOfSatisfying(
                            Verdict.Rejected.class,
                            why -> assertThat(why.fault()).isEqualTo(Fault.TOKEN_UNKNOWN));
        }
    }
}
