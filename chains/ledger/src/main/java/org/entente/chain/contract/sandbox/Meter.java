package org.entente.chain.contract.sandbox;

import org.entente.protocol.Fault;

import java.util.function.Supplier;

/// Counts what a call uses (docs/ledger.md §13.4), so that how it ends does not depend on the
/// machine. Public for the rewritten classes alone, which no source can name.
public final class Meter {
    static final long STEPS_MAX = 1_000_000;
    static final long ALLOCATED_BYTES_MAX = 16 << 20;
    static final int DEPTH_MAX = 256;

    /// For the trace that an exception takes along.
    static final int EXCEPTION_STEPS = 2_000;

    private static final ThreadLocal<Meter> CURRENT = new ThreadLocal<>();

    private long steps = STEPS_MAX;
    private long bytes = ALLOCATED_BYTES_MAX;
    private int depth;

    Meter() {}

    /// Runs with this one as its thread's.
    <T> T during(Supplier<T> call) {
        CURRENT.set(this);
        try {
            return call.get();
        } finally {
            CURRENT.remove();
        }
    }

    long used() {
        return STEPS_MAX - Math.max(steps, 0);
    }

    /// A method begins.
    public static Meter enter() {
        Meter meter = current();
        meter.depth++;
        if (meter.depth > DEPTH_MAX) {
            throw new Stop(Fault.CALL_EXHAUSTED, "more than " + DEPTH_MAX + " methods deep");
        }
        return meter;
    }

    static Meter current() {
        Meter meter = CURRENT.get();
        if (meter == null) {
            throw new IllegalStateException("a contract runs outside a call");
        }
        return meter;
    }

    public int depth() {
        return depth;
    }

    /// A method returns.
    public void leave() {
        depth--;
    }

    /// A method that was so deep goes on after an exception.
    public void caught(int now) {
        depth = now;
        spend(EXCEPTION_STEPS);
    }

    public void spend(int count) {
        spendAll(count);
    }

    void spendAll(long count) {
        steps -= count;
        if (steps < 0) {
            throw new Stop(Fault.CALL_EXHAUSTED, "more than " + STEPS_MAX + " steps");
        }
    }

    public void allocate(int size) {
        allocateAll(size);
    }

    void allocateAll(long size) {
        bytes -= size;
        if (bytes < 0) {
            throw new Stop(
                    Fault.CALL_EXHAUSTED, "more than " + ALLOCATED_BYTES_MAX + " bytes of memory");
        }
        // To fill memory takes time as well.
        spendAll(size / 64);
    }
}
