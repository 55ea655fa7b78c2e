package org.entente.runtime.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;

/// Who may run now, who waits, who is refused: slots, and a short queue before them.
///
/// Each task that runs has a virtual thread of its own and holds its slot until its code has
/// returned.
final class Admission {
    private final int slots;
    private final int queue;
    private final ThreadFactory threads;

    /// Guards `running` and `waiting`.
    private final Object lock = new Object();

    private int running;
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    Admission(int slots, int queue, ThreadFactory threads) {
        this.slots = slots;
        this.queue = queue;
        this.threads = threads;
    }

    enum Answer {
        RUNNING,
        WAITING,
        REFUSED
    }

    Answer enter(Runnable task) {
        synchronized (lock) {
            if (running == slots) {
                if (waiting.size() == queue) {
                    return Answer.REFUSED;
                }
                waiting.add(task);
                return Answer.WAITING;
            }
            running++;
        }
        start(task);
        return Answer.RUNNING;
    }

    /// Takes back a task that still waits; false when it runs or has run.
    boolean withdraw(Runnable task) {
        synchronized (lock) {
            return waiting.remove(task);
        }
    }

    int running() {
        synchronized (lock) {
            return running;
        }
    }

    int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    private void start(Runnable task) {
        threads.newThread(
                        () -> {
                            try {
                                task.run();
                            } finally {
                                leave();
                            }
                        })
                .start();
    }

    private void leave() {
        Runnable next;
        synchronized (lock) {
            next = waiting.poll();
            if (next == null) {
                running--;
                return;
            }
        }
        start(next);
    }
}
