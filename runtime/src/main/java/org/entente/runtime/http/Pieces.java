package org.entente.runtime.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Gathers what is written into pieces of a fair size and hands each on.
final class Pieces extends OutputStream {
    private static final int SIZE = 64 << 10;

    private final Next next;
    private final byte[] buffer = new byte[SIZE];
    private int filled;

    Pieces(Next next) {
        this.next = next;
    }

    /// Takes a piece, waiting as long as it must.
    @FunctionalInterface
    interface Next {
        void take(byte[] piece) throws IOException;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int size) throws IOException {
        int at = from;
        int left = size;
        while (left > 0) {
            int part = Math.min(left, SIZE - filled);
            System.arraycopy(bytes, at, buffer, filled, part);
            filled += part;
            at += part;
            left -= part;
            if (filled == SIZE) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (filled > 0) {
            byte[] piece = Arrays.copyOf(buffer, filled);
            filled = 0;
            next.take(piece);
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
