package org.entente.relay.worker;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.log.Entry;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogRecord;
import org.entente.relay.log.LogSettings;
import org.entente.relay.log.LogUnavailable;
import org.entente.relay.log.Pending;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Hands a desk's records to its log and follows how far they are forced, on a thread of its own.
final class Forcing implements AutoCloseable {
    private static final int UNFORCED_MAX = LogSettings.WAITING_MAX / 2;

    private final Log log;
    private final Runnable whenForced;
    private final Consumer<Throwable> whenFailed;

    /// At most as many as [#UNFORCED_MAX] by the permits.
    private final BlockingQueue<Pending> pending = new LinkedBlockingQueue<>();

    private final Semaphore permits = new Semaphore(UNFORCED_MAX);
    private final AtomicLong size;
    private final Thread thread;

    /// @param whenForced pokes whoever wants to know the size
    Forcing(Log log, Runnable whenForced, Consumer<Throwable> whenFailed) {
        this.log = log;
        this.whenForced = whenForced;
        this.whenFailed = whenFailed;
        this.size = new AtomicLong(log.size());
        this.thread = Thread.ofVirtual().name("forcing").start(this::follow);
    }

    long size() {
        return size.get();
    }

    /// Waits only while very many are not forced yet.
    void append(EntryRecord record) throws LogUnavailable, InterruptedException {
        append(
                record.entry().serial(),
                new LogRecord(
                        Entry.FORMAT.encode(record.entry()), record.content(), record.evidence()));
    }

    /// @param due the serial that it gets
    void append(long due, LogRecord stored) throws LogUnavailable, InterruptedException {
        permits.acquire();
        pending.add(
                log.submit(serial -> {
                    if (serial != due) {
                        throw new IllegalStateException(
                                "the log is at " + serial + ", the desk at " + due);
                    }
                    return Optional.of(stored);
                }));
    }

    private void follow() {
        try {
            while (true) {
                long serial = pending.take().await().orElseThrow();
                permits.release();
                size.set(serial + 1);
                if (pending.isEmpty() || serial % UNFORCED_MAX == 0) {
                    whenForced.run();
                }
            }
        } catch (LogUnavailable | RuntimeException e) {
            whenFailed.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
