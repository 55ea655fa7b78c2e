package org.entente.relay.log;

import org.entente.protocol.Fault;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where drafts wait for the committer: one open round, of bounded size.
final class Intake {
    private final int waitingMax;

    /// Guards everything below.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private Round open = new Round();
    private boolean closed;
    private @Nullable Throwable failure;

    Intake(int waitingMax) {
        this.waitingMax = waitingMax;
    }

    Pending submit(Draft draft) throws LogUnavailable {
        lock.lock();
        try {
            if (failure != null) {
                throw new LogUnavailable(
                        Fault.INTERNAL, "the log failed and takes nothing more", failure);
            }
            if (closed) {
                throw new LogUnavailable(Fault.STOPPING, "the log is closed", null);
            }
            int waiting = open.drafts().size();
            if (waiting >= waitingMax) {
                throw new LogUnavailable(Fault.OVERLOADED, waiting + " records wait", null);
            }
            if (waiting == 0) {
                changed.signal();
            }
            return open.add(draft);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for drafts; nothing when the log was closed and none is left.
    Optional<Round> take() {
        lock.lock();
        try {
            while (open.drafts().isEmpty()) {
                if (closed) {
                    return Optional.empty();
                }
                changed.awaitUninterruptibly();
            }
            Round taken = open;
            open = new Round();
            return Optional.of(taken);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing is taken any more, and what waits is told so.
    void fail(Throwable why) {
        lock.lock();
        try {
            failure = why;
            closed = true;
            open.failed(why);
            open = new Round();
        } finally {
            lock.unlock();
        }
    }
}
