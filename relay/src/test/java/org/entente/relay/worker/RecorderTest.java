package org.entente.relay.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.SignedChange;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.entente.relay.Books;
import org.entente.relay.fixture.Story;
import org.entente.relay.log.LogSettings;
import org.entente.runtime.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

final class RecorderTest {
    private final Story story = new Story();

    @TempDir private Path directory;

    /// Holds the recorder's thread until it is told to go on.
    private static final class Held implements Recorder.Admission {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public Verdict check() throws IOException {
            reached.countDown();
            try {
                if (!released.await(20, TimeUnit.SECONDS)) {
                    throw new IOException("nobody let it go on");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return Verdict.accepted();
        }

        @Override
        public void spend() {}
    }

    @Test
    void more_than_may_wait_is_refused_as_overloaded_and_a_stop_finishes_what_waits()
            throws Exception {
        Held held = new Held();
        Office office = Office.fresh(directory);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Parsed<Recorded>>> answers = new ArrayList<>();
            answers.add(callers.submit(() -> office.recorder.record(change(0), held)));
            held.reached.await();
            for (int index = 1; index <= Office.WAITING_MAX; index++) {
                SignedChange next = change(index);
                int waiting = index;
                answers.add(
                        callers.submit(
                                () -> office.recorder.record(next, Recorder.Admission.OPEN)));
                awaitWaiting(office, waiting);
            }
            assertThat(fault(office.answer(change(3)))).isEqualTo(Fault.OVERLOADED);

            Thread stop = Thread.ofPlatform().start(office.recorder::close);
            awaitStopping(office);
            held.released.countDown();
            stop.join();

            for (Future<Parsed<Recorded>> answer : answers) {
                assertThat(answer.get().verdict()).isEqualTo(Verdict.accepted());
            }
            assertThat(fault(office.answer(change(4)))).isEqualTo(Fault.STOPPING);
            assertThat(office.logs.registry().size()).isEqualTo(1 + Office.WAITING_MAX);
        } finally {
            office.close();
        }
    }

    @Test
    void time_never_decreases_even_when_the_clock_is_behind_after_a_restart() throws Exception {
        try (Office office = Office.fresh(directory)) {
            assertThat(office.accept(change(0)).entry().time()).isEqualTo(Member.NOW);
        }
        AtomicReference<Instant> machine =
                new AtomicReference<>(Member.NOW.minus(Duration.ofMinutes(30)));
        try (Office office = new Office(directory, Clock.over(machine::get))) {
            assertThat(office.accept(change(1)).entry().time()).isEqualTo(Member.NOW);
            machine.set(Member.NOW.plusSeconds(5));
            assertThat(office.accept(change(2)).entry().time())
                    .isEqualTo(Member.NOW.plusSeconds(5));
            machine.set(Member.NOW.minusSeconds(3600));
            assertThat(office.accept(change(3)).entry().time())
                    .isEqualTo(Member.NOW.plusSeconds(5));
        }
    }

    /// Each look at the clock sees a later time, the second one already the certificate's.
    @Test
    void a_change_is_judged_at_the_time_that_its_entry_carries() throws Exception {
        Instant from = story.alpha().generation().authorities().root().notBefore();
        Iterator<Instant> machine =
                List.of(from.minusSeconds(1), from.minusMillis(1), from, from).iterator();
        SignedChange enrolment = story.alpha().enrolment();
        Logs.create(directory, Office.ID, LogSettings.SMALL);
        try (Office office = new Office(directory, Clock.over(machine::next))) {
            assertThat(fault(office.answer(enrolment))).isEqualTo(Fault.CERTIFICATE_NOT_YET_VALID);
            assertThat(office.accept(enrolment).entry().time()).isEqualTo(from);
        }
        try (Logs logs = Office.logs(directory, _ -> {})) {
            Books audited = new Replay(World.VERIFIER, Replay.Thoroughness.EVERYTHING).of(logs);
            assertThat(audited.registry().size()).isEqualTo(1);
        }
    }

    @Test
    void a_log_that_fails_stops_the_process_and_nothing_is_acknowledged_after_it()
            throws Exception {
        try (Office office = Office.fresh(directory)) {
            office.accept(change(0));
            office.logs.registry().close();
            assertThatThrownBy(() -> office.answer(change(1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(office.failure.get(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(fault(office.answer(change(2)))).isEqualTo(Fault.STOPPING);
            assertThat(office.recorder.books().registry().size()).isEqualTo(1);
        } finally {
            assertThat(reopenedSize()).isEqualTo(1);
        }
    }

    @Test
    void a_founding_without_room_for_its_log_is_refused_and_taken_when_there_is_room()
            throws Exception {
        try (Office office = Office.fresh(directory)) {
            for (int index = 0; index < Story.FOUNDING; index++) {
                office.accept(change(index));
            }
            Path alliances = directory.resolve("alliances");
            Files.delete(alliances);
            Files.createFile(alliances);
            assertThat(fault(office.answer(change(Story.FOUNDING)))).isEqualTo(Fault.OVERLOADED);
            assertThat(office.logs.registry().size()).isEqualTo(Story.FOUNDING);
            office.accept(story.wish());
            assertThat(office.failure).isNotDone();
            Files.delete(alliances);
            Files.createDirectory(alliances);
            assertThat(office.accept(change(Story.FOUNDING)).alliance()).contains(story.alliance());
        }
        try (Office office = Office.open(directory)) {
            assertThat(office.recorder.books().alliances()).containsOnlyKeys(story.alliance());
        }
    }

    @Test
    void a_log_that_was_made_for_a_founding_that_did_not_come_is_taken_up() throws Exception {
        try (Office office = Office.fresh(directory)) {
            for (int index = 0; index < Story.FOUNDING; index++) {
                office.accept(change(index));
            }
            office.logs.allianceLog(story.alliance());
        }
        try (Office office = Office.open(directory)) {
            assertThat(office.recorder.books().alliances()).isEmpty();
            assertThat(office.accept(change(Story.FOUNDING)).alliance()).contains(story.alliance());
        }
    }

    @Test
    void a_change_at_which_the_check_stumbles_is_not_answered_and_stops_nobody_else()
            throws Exception {
        Recorder.Admission stumbling =
                new Recorder.Admission() {
                    @Override
                    public Verdict check() throws IOException {
                        throw new IOException("the invitation cannot be read");
                    }

                    @Override
                    public void spend() {}
                };
        try (Office office = Office.fresh(directory)) {
            assertThatThrownBy(() -> office.recorder.record(change(0), stumbling))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(office.logs.registry().size()).isZero();
            office.accept(change(0));
            assertThat(office.failure).isNotDone();
        }
    }

    private SignedChange change(int index) {
        return story.changes().get(index);
    }

    private long reopenedSize() throws IOException {
        try (Logs logs = Office.logs(directory, _ -> {})) {
            return logs.registry().size();
        }
    }

    private static void awaitWaiting(Office office, int count) {
        while (office.recorder.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    private static void awaitStopping(Office office) {
        while (!office.recorder.isStopping()) {
            Thread.onSpinWait();
        }
    }

    private static Fault fault(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected.fault();
            case Verdict.Accepted _ -> throw new AssertionError("accepted");
        };
    }
}
