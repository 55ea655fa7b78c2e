package org.entente.adapter.own.http;

/// A node gave no usable answer in time.
final class SourceAway extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reach reach;

    /// What may have come of what was sent.
    enum Reach {
        /// Nothing of it can have arrived.
        NOTHING,
        UNKNOWN
    }

    SourceAway(String message, Reach reach) {
        super(message);
        this.reach = reach;
    }

    Reach reach() {
        return reach;
    }
}
