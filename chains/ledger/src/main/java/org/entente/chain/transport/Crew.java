package org.entente.chain.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The threads of a node's peers, so that all of them can be waited for.
final class Crew {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    Thread start(String name, Runnable task) {
        Thread thread =
                Thread.ofVirtual()
                        .name(name)
                        .unstarted(() -> {
                            try {
                                task.run();
                            } finally {
                                threads.remove(Thread.currentThread());
                            }
                        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    int count() {
        return threads.size();
    }

    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /// @return whether all have ended
    boolean join(Duration timeMax) throws InterruptedException {
        long until = System.nanoTime() + timeMax.toNanos();
        for (Thread thread : threads) {
            long left = Math.max(1, until - System.nanoTime());
            if (!thread.join(Duration.ofNanos(left))) {
                return false;
            }
        }
        return threads.isEmpty();
    }
}
