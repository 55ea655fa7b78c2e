package org.entente.chain.worker;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting for what a monitor tells of.
public final class Waits {
    private Waits() {}

    /// Returns when the condition holds, or the time is over.
    ///
    /// @param monitor that guards the condition, and is notified when it may have changed
    public static void until(Object monitor, Duration timeMax, BooleanSupplier condition)
            throws InterruptedException {
        long until = System.nanoTime() + timeMax.toNanos();
        synchronized (monitor) {
            while (!condition.getAsBoolean()) {
                long leftMillis = (until - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return;
                }
                monitor.wait(leftMillis);
            }
        }
    }
}
