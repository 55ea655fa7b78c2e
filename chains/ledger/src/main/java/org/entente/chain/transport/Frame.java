package org.entente.chain.transport;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Coded;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What travels: `size u32 ‖ type u8 ‖ payload` (docs/ledger.md §10.2).
record Frame(Type type, Bytes payload) {
    static final int HEAD_SIZE_BYTES = 5;
    static final Frame PING = new Frame(Type.PING, Bytes.EMPTY);
    static final Frame PONG = new Frame(Type.PONG, Bytes.EMPTY);

    enum Type implements Coded {
        HELLO(1, Introduction.FORMAT.sizeMax()),
        MESSAGE(2, Peer.MESSAGE_SIZE_BYTES_MAX),
        PING(3, 0),
        PONG(4, 0),
        BYE(5, 200);

        final int sizeMax;
        private final int code;

        Type(int code, int sizeMax) {
            this.code = code;
            this.sizeMax = sizeMax;
        }

        @Override
        public int code() {
            return code;
        }

        static Optional<Type> of(int code) {
            return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
        }
    }

    Frame {
        if (payload.size() > type.sizeMax) {
            throw new IllegalArgumentException(
                    type + " of " + payload.size() + " bytes, " + type.sizeMax + " are allowed");
        }
    }

    /// Why a connection ends, cut at a whole character where it is too long.
    static Frame bye(String why) {
        ByteBuffer text = ByteBuffer.allocate(Type.BYE.sizeMax);
        CharsetEncoder encoder =
                StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
        encoder.encode(CharBuffer.wrap(why), text, true);
        return new Frame(Type.BYE, Bytes.copyOf(text.array(), 0, text.position()));
    }

    /// What the other end gave as its reason, fit for a line of a log.
    String reason() {
        return "the other end: " + payload.asUtf8().replaceAll("\\p{C}", "?");
    }

    int sizeBytes() {
        return HEAD_SIZE_BYTES + payload.size();
    }

    byte[] written() {
        byte[] written = new byte[sizeBytes()];
        ByteBuffer.wrap(written).putInt(payload.size()).put((byte) type.code);
        payload.copyTo(written, HEAD_SIZE_BYTES);
        return written;
    }
}
