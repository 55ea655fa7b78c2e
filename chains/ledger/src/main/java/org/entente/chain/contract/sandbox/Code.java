package org.entente.chain.contract.sandbox;

import org.entente.chain.ChainPurpose;
import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// A contract in Java as it is brought to a chain.
///
/// @param main the class that is called, with dots
/// @param classes the bytes of its class files
public record Code(String main, List<Bytes> classes) {
    public static final int SIZE_BYTES_MAX = 64 * 1024;
    private static final int COUNT_MAX = 64;
    private static final int NAME_SIZE_BYTES_MAX = 256;
    public static final Format<Code> FORMAT =
            new Format<>(ChainPurpose.CODE, SIZE_BYTES_MAX, Code::write, Code::read);

    public Code {
        classes = List.copyOf(classes);
    }

    private static void write(Encoder encoder, Code code) {
        encoder.text(code.main).list(code.classes, Encoder::bytes);
    }

    private static Code read(Decoder decoder) {
        return new Code(
                decoder.text(NAME_SIZE_BYTES_MAX),
                decoder.list(COUNT_MAX, each -> each.bytes(SIZE_BYTES_MAX)));
    }
}
