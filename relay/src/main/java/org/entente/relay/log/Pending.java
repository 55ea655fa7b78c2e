package org.entente.relay.log;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;

/// A draft that was handed over and whose fate is not yet on disk.
public final class Pending {
    private static final long NOTHING = -1;

    private final Draft draft;
    private final Round round;
    private long serial = NOTHING;
    private @Nullable RuntimeException thrown;

    Pending(Draft draft, Round round) {
        this.draft = draft;
        this.round = round;
    }

    /// Waits until everything ordered up to this draft is forced, so that an answer that follows
    /// from others' records never comes before they are safe.
    ///
    /// @return the serial, or nothing when the draft wanted nothing appended
    public OptionalLong await() throws LogUnavailable, InterruptedException {
        round.await();
        if (thrown != null) {
            throw thrown;
        }
        return serial == NOTHING ? OptionalLong.empty() : OptionalLong.of(serial);
    }

    Draft draft() {
        return draft;
    }

    void placed(long at) {
        serial = at;
    }

    void threw(RuntimeException e) {
        thrown = e;
    }
}
