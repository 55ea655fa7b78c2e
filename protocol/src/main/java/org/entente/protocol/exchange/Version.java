package org.entente.protocol.exchange;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// At which version a key was read (protocol.md §5.2): absent, or up to 40 bytes compared for
/// equality.
public sealed interface Version {
    int SIZE_BYTES_MAX = 40;

    /// The key did not exist.
    record Absent() implements Version {}

    /// What the chain calls this version; for a key the alliance writes, the serial that wrote it.
    record Present(Bytes bytes) implements Version {
        public Present {
            if (bytes.isEmpty() || bytes.size() > SIZE_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "a version has 1 to " + SIZE_BYTES_MAX + " bytes, not " + bytes.size());
            }
        }
    }

    static void write(Encoder encoder, Version version) {
        switch (version) {
            case Absent() -> encoder.u8(0);
            case Present(Bytes bytes) -> encoder.u8(1).bytes(bytes);
        }
    }

    static Version read(Decoder decoder) {
        return decoder.bool() ? new Present(decoder.bytes(SIZE_BYTES_MAX)) : new Absent();
    }
}
