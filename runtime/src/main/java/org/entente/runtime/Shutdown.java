package org.entente.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// The end of a process: what was started is closed in reverse order, within one time limit.
///
/// `RUNNING → STOPPING → STOPPED`; a second call of `stop` waits for the first.
public final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Duration limit;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<ExitCode> exitCode = new AtomicReference<>(ExitCode.OK);

    /// Guarded by itself.
    private final Deque<Closing> closings = new ArrayDeque<>();

    /// Why it ended by itself, in one line; the first reason stays.
    private final AtomicReference<Optional<String>> failure =
            new AtomicReference<>(Optional.empty());

    private boolean stopping;

    /// @param limit for all closings together
    public Shutdown(Duration limit) {
        this.limit = limit;
    }

    /// One thing to close.
    @FunctionalInterface
    public interface Close {
        /// @param left how much of the limit is left
        void close(Duration left) throws Exception;
    }

    private record Closing(String name, Close close) {}

    /// To be closed before all that was named earlier.
    public void closing(String name, Close close) {
        synchronized (closings) {
            if (stopping) {
                throw new IllegalStateException("the process is already stopping: " + name);
            }
            closings.push(new Closing(name, close));
        }
    }

    /// Closes everything, once. Returns OK when all closed in time and nothing had failed.
    public ExitCode stop() {
        boolean first;
        synchronized (closings) {
            first = !stopping;
            stopping = true;
        }
        if (first) {
            long deadline = System.nanoTime() + limit.toNanos();
            LOG.atInfo().addKeyValue("limitMs", limit.toMillis()).log("stopping");
            closings.forEach(closing -> close(closing, deadline));
            LOG.atInfo().addKeyValue("exitCode", exitCode.get()).log("stopped");
            stopped.countDown();
        }
        awaitStopped();
        return exitCode.get();
    }

    /// Something broke that the process must not survive: it ends with BROKE.
    public void fail(String what, Throwable why) {
        LOG.atError().setCause(why).log(what);
        failure.compareAndSet(Optional.empty(), Optional.of(what + ": " + why));
        exitCode.set(ExitCode.BROKE);
        Thread.ofPlatform().name("shutdown").start(this::stop);
    }

    /// Why it ended by itself; empty when it was asked to end.
    Optional<String> failure() {
        return failure.get();
    }

    /// Waits until everything is closed.
    public ExitCode awaitStopped() {
        boolean interrupted = false;
        while (true) {
            try {
                stopped.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return exitCode.get();
    }

    private void close(Closing closing, long deadline) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        FutureTask<Void> task =
                new FutureTask<>(() -> {
                    closing.close.close(left);
                    return null;
                });
        Thread thread = Thread.ofPlatform().daemon().name("close-" + closing.name).start(task);
        try {
            task.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            failed(closing, "did not close in time", e);
        } catch (ExecutionException e) {
            failed(closing, "failed to close", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(closing, "was interrupted while closing", e);
        }
    }

    private void failed(Closing closing, String what, Throwable why) {
        exitCode.compareAndSet(ExitCode.OK, ExitCode.FAILED);
        LOG.atError().setCause(why).addKeyValue("closing", closing.name).log(what);
    }
}
