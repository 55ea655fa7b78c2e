package org.entente.chain.state;

import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Version;

import java.nio.ByteBuffer;

/// Where on a chain something was written: height u64 ‖ index u32 (protocol.md §5.2).
///
/// @param index of the transaction within its block
public record Position(long height, int index) {
    private static final int SIZE_BYTES = 12;

    public Position {
        if (height < 0 || index < 0) {
            throw new IllegalArgumentException("no position " + height + ", " + index);
        }
    }

    public Version.Present version() {
        return new Version.Present(
                Bytes.copyOf(
                        ByteBuffer.allocate(SIZE_BYTES).putLong(height).putInt(index).array()));
    }
}
