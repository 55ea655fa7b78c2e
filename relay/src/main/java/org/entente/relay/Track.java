package org.entente.relay;

import org.entente.protocol.Digest;

import java.time.Instant;
import java.util.List;

/// One attempt, or one copy of an ordered one, as it moves on.
final class Track {
    private final Instant begun;
    private Status status;

    /// The values of an exchange that is ordered and VALID.
    private List<Digest> payloads = List.of();

    Track(Status status, Instant begun) {
        this.status = status;
        this.begun = begun;
    }

    Status status() {
        return status;
    }

    Instant begun() {
        return begun;
    }

    List<Digest> payloads() {
        return payloads;
    }

    void are(List<Digest> values) {
        payloads = List.copyOf(values);
    }

    void is(Status next) {
        status = next;
    }
}
