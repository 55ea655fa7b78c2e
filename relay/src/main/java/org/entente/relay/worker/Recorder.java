package org.entente.relay.worker;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.log.Entry;
import org.entente.registry.Alliance;
import org.entente.registry.ChangeEntry;
import org.entente.registry.SignedChange;
import org.entente.relay.Books;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;
import org.entente.relay.log.LogUnavailable;
import org.entente.runtime.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The one writer of changes: checks a change against the folds, appends it, forces it, folds it,
/// then hands what it makes due to the desks of the alliances and waits until it is appended.
///
/// A crash between the registry's entry and an alliance's is repaired at the next start: what is
/// due follows from the folds ([Books#owed]).
public final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final Logs logs;
    private final AllianceLogs alliances;
    private final Clock clock;
    private final Verifier verifier;
    private final Consumer<Throwable> whenFailed;
    private final Consumer<Books> whenChanged;
    private final BlockingQueue<Task> waiting;
    private final Duration timeMax;
    private final Thread thread;
    private volatile Books books;
    private volatile boolean stopping;

    /// Set before what waits is answered for the last time: whoever comes later answers itself.
    private volatile boolean ended;

    private record Task(
            SignedChange change, Admission admission, CompletableFuture<Parsed<Recorded>> answer) {}

    /// What must hold beside the registry's own rules, and what is spent once the change stands.
    public interface Admission {
        Admission OPEN =
                new Admission() {
                    @Override
                    public Verdict check() {
                        return Verdict.accepted();
                    }

                    @Override
                    public void spend() {}
                };

        Verdict check() throws IOException;

        void spend() throws IOException;
    }

    /// @param whenChanged told after each change with what holds now, before the change is answered
    /// @param whenFailed told when the writer can no longer write: the process must stop
    public Recorder(
            Logs logs,
            AllianceLogs alliances,
            Clock clock,
            Verifier verifier,
            int waitingMax,
            Duration timeMax,
            Consumer<Books> whenChanged,
            Consumer<Throwable> whenFailed)
            throws IOException {
        this.logs = logs;
        this.alliances = alliances;
        this.clock = clock;
        this.verifier = verifier;
        this.timeMax = timeMax;
        this.whenChanged = whenChanged;
        this.whenFailed = whenFailed;
        this.waiting = new ArrayBlockingQueue<>(waitingMax);
        this.books = new Replay(verifier, Replay.Thoroughness.DIGESTS).of(logs);
        this.thread = Thread.ofPlatform().name("recorder").start(this::work);
    }

    public Books books() {
        return books;
    }

    /// How many changes wait to be recorded.
    int waiting() {
        return waiting.size();
    }

    boolean isStopping() {
        return stopping;
    }

    /// Waits until the change stands in the log, or is refused.
    public Parsed<Recorded> record(SignedChange change, Admission admission)
            throws InterruptedException {
        Task task = new Task(change, admission, new CompletableFuture<>());
        if (stopping) {
            return stopped();
        }
        if (!waiting.offer(task)) {
            return Parsed.refused(
                    Fault.OVERLOADED, waiting.size() + " changes wait to be recorded");
        }
        if (ended) {
            task.answer.complete(stopped());
        }
        try {
            return task.answer.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It may still be recorded; the same bytes again answer ALREADY_EXISTS then.
            return Parsed.refused(Fault.OVERLOADED, "not recorded within " + timeMax);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the recorder failed", e.getCause());
        }
    }

    private void work() {
        try {
            settle();
            while (!stopping || !waiting.isEmpty()) {
                Task task = waiting.poll(50, TimeUnit.MILLISECONDS);
                if (task != null) {
                    serve(task);
                }
            }
        } catch (IOException | LogUnavailable | RuntimeException e) {
            stopping = true;
            whenFailed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopping = true;
            ended = true;
            waiting.forEach(task -> task.answer.complete(stopped()));
        }
    }

    private static Parsed<Recorded> stopped() {
        return Parsed.refused(Fault.STOPPING, "nothing more is recorded");
    }

    private void serve(Task task) throws IOException, LogUnavailable, InterruptedException {
        ChangeEntry entry = books.next(task.change, clock.instant());
        Books next;
        try {
            Verdict verdict = check(task, entry);
            if (verdict instanceof Verdict.Rejected why) {
                task.answer.complete(new Parsed.Refused<>(why));
                return;
            }
            next = books.withRegistryEntry(entry);
            Verdict room = makeLogs(next);
            if (room instanceof Verdict.Rejected why) {
                task.answer.complete(new Parsed.Refused<>(why));
                return;
            }
        } catch (IOException | RuntimeException e) {
            // Nothing was written: a change at which we stumble must not stop the relay for all,
            // nor stand in the log and stop its next start.
            task.answer.completeExceptionally(e);
            return;
        }
        try {
            task.answer.complete(Parsed.of(record(task.admission, entry, next)));
        } catch (IOException | LogUnavailable | RuntimeException e) {
            task.answer.completeExceptionally(e);
            throw e;
        }
    }

    private Verdict check(Task task, ChangeEntry entry) throws IOException {
        Verdict verdict = books.check(entry, verifier);
        if (verdict.isAccepted()) {
            verdict = task.admission.check();
        }
        if (verdict instanceof Verdict.Rejected why) {
            LOG.atInfo()
                    .addKeyValue("fault", why.fault())
                    .addKeyValue("change", task.change.digest())
                    .log(why.detail());
        }
        return verdict;
    }

    /// A founding stands in the registry's log for ever, so the log that it makes due is made
    /// before it, while the change can still be refused: on a full disk no start would succeed any
    /// more.
    private Verdict makeLogs(Books next) {
        for (AllianceId alliance : next.owed().keySet()) {
            try {
                logs.allianceLog(alliance);
            } catch (IOException e) {
                LOG.atError()
                        .addKeyValue("alliance", alliance)
                        .setCause(e)
                        .log("the alliance's log cannot be made: is the disk full?");
                return Verdict.rejected(
                        Fault.OVERLOADED, "there is no room for the log of the alliance now");
            }
        }
        return Verdict.accepted();
    }

    /// @param next what holds once the entry stands
    private Recorded record(Admission admission, ChangeEntry entry, Books next)
            throws IOException, LogUnavailable, InterruptedException {
        append(logs.registry(), entry);
        books = next;
        admission.spend();
        Optional<AllianceId> alliance = settle();
        LOG.atInfo()
                .addKeyValue("serial", entry.serial())
                .addKeyValue("change", entry.change().digest())
                .addKeyValue("kind", entry.change().change().getClass().getSimpleName())
                .log("recorded");
        return new Recorded(entry, alliance);
    }

    /// Appends whatever is due in alliances' logs; answers the last alliance that got something.
    private Optional<AllianceId> settle() throws IOException, InterruptedException {
        Optional<AllianceId> last = Optional.empty();
        for (var owed : books.owed().entrySet()) {
            AllianceId alliance = owed.getKey();
            List<SignedChange> changes = owed.getValue();
            int had =
                    Optional.ofNullable(books.alliances().get(alliance))
                            .map(Alliance::changes)
                            .orElse(0);
            DeskWorker.Forced forced = alliances.append(alliance, had, changes);
            books = books.withAlliance(alliance, forced.alliance(), forced.size());
            LOG.atInfo()
                    .addKeyValue("alliance", alliance)
                    .addKeyValue("size", forced.size())
                    .addKeyValue("changes", changes.size())
                    .log("recorded");
            last = Optional.of(alliance);
        }
        whenChanged.accept(books);
        return last;
    }

    private static void append(Log log, ChangeEntry entry)
            throws LogUnavailable, InterruptedException {
        LogRecord record =
                new LogRecord(
                        Entry.FORMAT.encode(entry.entry()),
                        entry.change().changeBytes(),
                        entry.change().approvalBytes());
        log.append(serial -> {
            if (serial != entry.serial()) {
                throw new IllegalStateException(
                        "the log is at " + serial + ", the fold at " + entry.serial());
            }
            return Optional.of(record);
        });
    }

    /// Records what waits, then ends.
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(timeMax);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
