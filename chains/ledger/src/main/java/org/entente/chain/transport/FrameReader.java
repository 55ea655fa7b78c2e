package org.entente.chain.transport;

import org.entente.protocol.Bytes;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Reads frames. Memory is taken as bytes arrive, not as a head announces them.
///
/// One thread reads; another one asks whether it has been waiting for too long.
final class FrameReader {
    private static final int FIRST_SIZE_BYTES = 16 * 1024;

    private final InputStream in;

    /// True only while it waits for the other end: what takes long at this end is not held against
    /// that.
    private volatile boolean waiting;

    private volatile long heardNanos;

    /// When the first byte of the frame came that is being read.
    private volatile Optional<Long> begunNanos = Optional.empty();

    FrameReader(InputStream in) {
        this.in = in;
    }

    Frame next() throws IOException {
        heardNanos = System.nanoTime();
        waiting = true;
        try {
            byte[] head = new byte[Frame.HEAD_SIZE_BYTES];
            int count = some(head, 0);
            begunNanos = Optional.of(heardNanos);
            fill(head, count);
            Frame.Type type = type(head[Frame.HEAD_SIZE_BYTES - 1]);
            long size = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt());
            if (size > type.sizeMax) {
                throw new FrameRefused(
                        type + " of " + size + " bytes, " + type.sizeMax + " are allowed");
            }
            return new Frame(type, payload((int) size));
        } finally {
            waiting = false;
            begunNanos = Optional.empty();
        }
    }

    /// Why the other end is given up, if it is.
    Optional<String> overdue(PeerTimes times) {
        long now = System.nanoTime();
        if (!waiting) {
            return Optional.empty();
        }
        if (now - heardNanos > times.silenceMax().toNanos()) {
            return Optional.of("silent for " + times.silenceMax());
        }
        return begunNanos
                .filter(begun -> now - begun > times.frameTimeMax().toNanos())
                .map(_ -> "one frame took more than " + times.frameTimeMax());
    }

    private Bytes payload(int size) throws IOException {
        byte[] payload = new byte[Math.min(size, FIRST_SIZE_BYTES)];
        int count = 0;
        while (count < size) {
            if (count == payload.length) {
                payload = Arrays.copyOf(payload, (int) Math.min(size, 2L * count));
            }
            count += some(payload, count);
        }
        return Bytes.copyOf(payload, 0, size);
    }

    private void fill(byte[] target, int from) throws IOException {
        int count = from;
        while (count < target.length) {
            count += some(target, count);
        }
    }

    private int some(byte[] target, int at) throws IOException {
        int count = in.read(target, at, target.length - at);
        if (count < 0) {
            throw new EOFException("the other end is gone");
        }
        heardNanos = System.nanoTime();
        return count;
    }

    private static Frame.Type type(byte code) throws FrameRefused {
        int number = Byte.toUnsignedInt(code);
        return Frame.Type.of(number)
                .orElseThrow(() -> new FrameRefused("no frame has the type " + number));
    }
}
