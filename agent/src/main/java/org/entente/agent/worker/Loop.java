package org.entente.agent.worker;

import org.entente.runtime.Threads;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One thread that does one step after another, waiting between them as long as the last one said.
public final class Loop {
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    private Loop(String name, Step step) {
        this.thread = Threads.start(name, () -> run(step));
    }

    /// Safe to repeat at any time.
    @FunctionalInterface
    public interface Step {
        /// @return how long to wait until the next one
        Duration step() throws InterruptedException;
    }

    public static Loop start(String name, Step step) {
        return new Loop(name, step);
    }

    /// The next step comes now.
    public void wake() {
        woken.release();
    }

    /// Interrupts the step that runs, and waits for its end.
    public void stop(Duration limit) throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(limit);
    }

    private void run(Step step) {
        try {
            while (!stopping) {
                Duration pause = step.step();
                woken.drainPermits();
                boolean early = woken.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                if (early) {
                    woken.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            // Only `stop` interrupts.
            stopping = true;
        }
    }
}
