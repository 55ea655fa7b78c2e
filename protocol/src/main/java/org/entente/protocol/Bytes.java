package org.entente.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable sequence of bytes, compared by content and ordered as unsigned bytes.
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes copyOf(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /// Of an array that nobody else has.
    static Bytes of(byte[] content) {
        return new Bytes(content);
    }

    public static Bytes copyOf(byte[] content, int from, int to) {
        return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(content, from, to));
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Bytes fromHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    public int size() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    public byte at(int index) {
        return content[index];
    }

    public Bytes slice(int from, int to) {
        return from == 0 && to == content.length ? this : copyOf(content, from, to);
    }

    public Bytes concat(Bytes next) {
        byte[] joined = Arrays.copyOf(content, content.length + next.content.length);
        System.arraycopy(next.content, 0, joined, content.length, next.content.length);
        return new Bytes(joined);
    }

    public byte[] toArray() {
        return content.clone();
    }

    public void copyTo(byte[] target, int at) {
        System.arraycopy(content, 0, target, at, content.length);
    }

    /// A read-only view, so that the bytes reach a file or a socket without another copy.
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /// Feeds the bytes to a digest without copying them.
    public void updateInto(MessageDigest digest) {
        digest.update(content);
    }

    public String hex() {
        return HexFormat.of().formatHex(content);
    }

    public String asUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /// Lower-case hex, cut where a log line would become unreadable.
    @Override
    public String toString() {
        return content.length <= 64
                ? hex()
                : HexFormat.of().formatHex(content, 0, 64) + "…(" + content.length + " bytes)";
    }
}
