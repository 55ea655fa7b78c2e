package org.entente.protocol.encoding;

/// Leaves the decoding of one object at its first wrong byte; [Format#decode] turns it into a
/// refusal.
final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message, null, false, false);
    }
}
