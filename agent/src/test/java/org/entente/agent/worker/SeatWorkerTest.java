package org.entente.agent.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.adapter.Chain;
import org.entente.agent.Event;
import org.entente.agent.Seat;
import org.entente.agent.Self;
import org.entente.agent.fixture.Organisations;
import org.entente.agent.journal.DecisionJournal;
import org.entente.certs.HostName;
import org.entente.certs.pem.SelfSigned;
import org.entente.certs.tls.TlsIdentity;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.ChainId;
import org.entente.protocol.Sorted;
import org.entente.protocol.link.ToAgent;
import org.entente.runtime.Application;
import org.entente.runtime.Shutdown;
import org.entente.runtime.fixture.Child;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// A seat whose disk fails, in a process of its own: what is not durable is never said, and the
/// process does not survive it.
final class SeatWorkerTest {
    private static final String SAID = "the seat said ";

    @TempDir Path place;

    /// A process with one seat, which is asked to seal. Its journal is the file that it is given.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Application.run("program", shutdown -> seat(Path.of(arguments[0]), shutdown));
        }

        private static void seat(Path file, Shutdown shutdown) throws Exception {
            Story story = Story.begun();
            DecisionJournal journal = DecisionJournal.open(file);
            Self self =
                    new Self(
                            story.alpha().agent(),
                            story.alpha().agentKey(),
                            Sorted.copyOf(List.<ChainId>of()));
            SeatWorker worker =
                    new SeatWorker(
                            new Seat(self, story.id(), Story.VERIFIER, journal.memory()),
                            journal,
                            new Inquiries(
                                    story.id(),
                                    nobody(),
                                    new ChainAccess(Sorted.<ChainId, Supplier<Chain>>empty())),
                            new SeatWorker.Outlets(
                                    message -> {
                                        System.out.println(SAID + message);
                                        Thread.ofPlatform().start(shutdown::stop);
                                    },
                                    _ -> {},
                                    why -> shutdown.fail("the seat cannot go on", why)),
                            story::now);
            shutdown.closing("seat", worker::stop);
            List<EntryRecord> log = story.log();
            worker.tell(new Event.Followed(0, log));
            worker.tell(new Event.Heard(new ToAgent.Grown(story.id(), log.size())));
        }

        /// A relay that does not answer.
        private static RelayClient nobody() throws Exception {
            KeyPair keys = Organisations.CRYPTOGRAPHY.freshKey(Organisations.RANDOM);
            X509Certificate certificate =
                    SelfSigned.certificate(
                            keys,
                            List.of(new HostName("localhost")),
                            Duration.ofDays(1),
                            Organisations.CRYPTOGRAPHY,
                            Organisations.RANDOM,
                            Instant.now());
            return new RelayClient(
                    URI.create("https://127.0.0.1:1"),
                    certificate,
                    new TlsIdentity(keys.getPrivate(), List.of(certificate)));
        }
    }

    @Test
    void a_seat_that_can_write_seals() throws Exception {
        Child.Said said = Child.run(Program.class, place, place.resolve("a.journal").toString());
        assertThat(said.text()).contains(SAID + "Sealing");
        assertThat(said.exitCode()).isZero();
    }

    @Test
    void a_full_disk_ends_the_process_and_nothing_was_said() throws Exception {
        Path full = Files.createSymbolicLink(place.resolve("a.journal"), Path.of("/dev/full"));
        Child.Said said = Child.run(Program.class, place, full.toString());
        assertThat(said.text()).doesNotContain(SAID);
        assertThat(said.text().strip().lines().toList().getLast())
                .startsWith("program: ended by itself: the seat cannot go on: java.io.IOException");
        assertThat(said.exitCode()).isEqualTo(3);
    }
}
