package org.entente.relay.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.issue.Generation;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Approval;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.RegistryCertificates;
import org.entente.registry.SignedChange;
import org.entente.registry.journal.EntryFilter;
import org.entente.registry.journal.LogFold;
import org.entente.registry.journal.LogSummary;
import org.entente.registry.journal.ViewPlace;
import org.entente.relay.log.LogSettings;
import org.entente.runtime.Clock;
import org.entente.runtime.metrics.Health;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

class ViewFollowerTest {
    private static final Cryptography CRYPTOGRAPHY = Cryptography.fastest();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Clock CLOCK = Clock.system();
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Digest ID = Digest.of(Bytes.utf8("the relay of these tests"));

    @TempDir Path folder;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private record Running(Recorder recorder, ViewFollower follower) {
        boolean isAsFar() {
            LogSummary seen = follower.summaries().get(LogFold.REGISTRY);
            return seen != null
                    && seen.size() == recorder.books().registry().size()
                    && seen.digest().equals(recorder.books().registry().digest());
        }
    }

    @BeforeEach
    void makes_the_logs() throws Exception {
        Logs.create(folder.resolve("logs"), ID, LogSettings.SMALL);
    }

    @AfterEach
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void the_view_follows_what_is_recorded() throws Exception {
        Running running = start();
        await().atMost(LONG).until(() -> running.follower().look().status() == Health.Status.UP);
        for (int number = 0; number < 5; number++) {
            record(running, "org-" + number + ".example");
        }
        await().atMost(LONG).until(running::isAsFar);
        assertThat(
                        running.follower()
                                .view()
                                .orElseThrow()
                                .entries(EntryFilter.ALL, Optional.empty(), 10)
                                .entries())
                .extracting(row -> row.serial())
                .containsExactly(4L, 3L, 2L, 1L, 0L);
    }

    @Test
    void a_deleted_view_is_made_again_from_the_logs_at_the_next_start() throws Exception {
        record(start(), "alpha.example");
        stop();
        Files.delete(folder.resolve("view").resolve("registry.mv.db"));
        Running again = start();
        await().atMost(LONG).until(again::isAsFar);
        assertThat(again.recorder().books().registry().size()).isEqualTo(1);
    }

    @Test
    void a_view_that_fails_delays_no_change_and_comes_back() throws Exception {
        Files.writeString(folder.resolve("view"), "a file where the view's folder should be");
        Running running = start();
        record(running, "alpha.example");
        await().atMost(LONG)
                .until(() -> running.follower().look().words().contains("opened again"));
        assertThat(running.follower().look().status()).isEqualTo(Health.Status.DOWN);
        record(running, "beta.example");
        assertThat(running.follower().summaries()).isEmpty();
        Files.delete(folder.resolve("view"));
        await().atMost(LONG).until(running::isAsFar);
        assertThat(running.recorder().books().registry().size()).isEqualTo(2);
        assertThat(running.follower().look().status()).isEqualTo(Health.Status.UP);
    }

    private Running start() throws Exception {
        Logs logs =
                Logs.open(
                        folder.resolve("logs"),
                        ID,
                        LogSettings.SMALL,
                        LogSettings.SMALL,
                        ViewFollowerTest::unexpected);
        open.push(logs);
        ViewFollower follower =
                new ViewFollower(
                        new ViewPlace(folder.resolve("view")), logs, Duration.ofMillis(100));
        open.push(follower);
        Recorder recorder =
                new Recorder(
                        logs,
                        (alliance, _, _) -> {
                            throw new IOException("nothing is due in " + alliance);
                        },
                        CLOCK,
                        CRYPTOGRAPHY.verifier(),
                        16,
                        LONG,
                        follower::changed,
                        ViewFollowerTest::unexpected);
        open.push(recorder);
        return new Running(recorder, follower);
    }

    private static void record(Running running, String domain) throws Exception {
        assertThat(running.recorder().record(enrolment(domain), Recorder.Admission.OPEN).verdict())
                .matches(verdict -> verdict.isAccepted());
    }

    private static SignedChange enrolment(String domain) {
        OrganisationId organisation = new OrganisationId(domain);
        Generation generation =
                Generation.create(
                        organisation,
                        1,
                        freshSigner(),
                        freshSigner(),
                        freshSigner(),
                        RANDOM,
                        CLOCK.instant());
        Change change =
                new Change.OrganisationEnrolled(
                        organisation, "Title", RegistryCertificates.set(generation.authorities()));
        return SignedChange.of(
                change,
                Approval.by(new Approver.Root(organisation), generation.root(), change.digest()));
    }

    private static Signer freshSigner() {
        return CRYPTOGRAPHY.signer(CRYPTOGRAPHY.freshKey(RANDOM));
    }

    private static void unexpected(Throwable why) {
        throw new AssertionError(why);
    }
}
