package org.entente.chain.state;

import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Version;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The version of a key that an alliance writes: the serial, as 8 bytes (protocol.md §5.2).
public record Serial(long number) {
    public static final int SIZE_BYTES = 8;

    public Serial {
        if (number < 0) {
            throw new IllegalArgumentException("no serial " + number);
        }
    }

    public Bytes bytes() {
        return Bytes.copyOf(ByteBuffer.allocate(SIZE_BYTES).putLong(number).array());
    }

    public Version.Present version() {
        return new Version.Present(bytes());
    }

    /// The serial that a version names; a version of another form names none.
    public static Optional<Serial> of(Version.Present version) {
        if (version.bytes().size() != SIZE_BYTES) {
            return Optional.empty();
        }
        long number = version.bytes().asBuffer().getLong();
        return number < 0 ? Optional.empty() : Optional.of(new Serial(number));
    }
}
