package org.entente.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The process's time: never decreasing, and knowing when the machine's clock stepped back.
///
/// Until the machine's clock has caught up, `instant()` stands still and `steppedBack()` holds:
/// then nothing is signed (protocol.md §6.6).
public final class Clock implements InstantSource {
    private final InstantSource machine;
    private final AtomicReference<Instant> highest;

    private Clock(InstantSource machine) {
        this.machine = machine;
        this.highest = new AtomicReference<>(machine.instant());
    }

    public static Clock system() {
        return new Clock(InstantSource.system());
    }

    public static Clock over(InstantSource machine) {
        return new Clock(machine);
    }

    @Override
    public Instant instant() {
        Instant now = machine.instant();
        return highest.accumulateAndGet(
                now, (before, after) -> after.isAfter(before) ? after : before);
    }

    /// Whether the machine's clock is behind a time that was already given out.
    public boolean steppedBack() {
        // The highest is read first: a time given out in between would look like a step back.
        Instant given = highest.get();
        return machine.instant().isBefore(given);
    }
}
