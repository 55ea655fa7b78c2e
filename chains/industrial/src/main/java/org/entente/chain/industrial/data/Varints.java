package org.entente.chain.industrial.data;

import org.entente.protocol.Bytes;

import java.util.Arrays;

/// Whole numbers of 64 bits in as few bytes as they need, seven bits in each, the lowest first.
/// Each number has one encoding.
final class Varints {
    private static final int SIZE_BYTES_MAX = 10;

    private Varints() {}

    /// Small numbers of either sign become small.
    static long zigzag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }

    static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /// Writes one behind the other.
    static final class Writer {
        private byte[] buffer = new byte[256];
        private int size;

        void write(long value) {
            room();
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                buffer[size++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            buffer[size++] = (byte) rest;
        }

        void writeByte(int value) {
            room();
            buffer[size++] = (byte) value;
        }

        private void room() {
            if (buffer.length - size < SIZE_BYTES_MAX) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }

        Bytes written() {
            return Bytes.copyOf(buffer, 0, size);
        }
    }

    /// Reads what the writer writes and nothing else.
    static final class Reader {
        private final Bytes source;
        private int at;

        Reader(Bytes source) {
            this.source = source;
        }

        int left() {
            return source.size() - at;
        }

        long read() {
            long value = 0;
            for (int index = 0; index < SIZE_BYTES_MAX; index++) {
                int next = readByte();
                long bits = next & 0x7f;
                if (index == SIZE_BYTES_MAX - 1 && bits > 1) {
                    throw new IllegalArgumentException("a number of more than 64 bits");
                }
                value |= bits << (7 * index);
                if ((next & 0x80) == 0) {
                    if (bits == 0 && index > 0) {
                        throw new IllegalArgumentException("a number in more bytes than it needs");
                    }
                    return value;
                }
            }
            throw new IllegalArgumentException("a number of more than 64 bits");
        }

        int readByte() {
            if (left() < 1) {
                throw new IllegalArgumentException("the end comes within a number");
            }
            return source.at(at++) & 0xff;
        }
    }
}
