package org.entente.chain.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// What subscribers are told, one event after the other, each with a number.
public interface Feed {
    /// The number of what comes next.
    long next();

    /// The number of the oldest that can be asked for.
    default long first() {
        return 0;
    }

    /// Waits for the event with a number; nothing when it was not in time.
    Optional<Told> await(long number, Duration timeMax) throws IOException, InterruptedException;

    /// Whether nothing more comes.
    boolean isClosed();

    /// @param kind of the event
    /// @param data to be written as JSON
    record Told(String kind, Object data) {}
}
