package org.entente.protocol.encoding;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Writes fields one after the other: integers big-endian, everything of varying size behind its
/// length.
public final class Encoder {
    private byte[] buffer = new byte[256];
    private int size;

    Encoder() {}

    /// Makes room at once for so many bytes that are about to be written, instead of growing to
    /// them.
    public Encoder expecting(int more) {
        room(more);
        return this;
    }

    public Encoder u8(int value) {
        require(value >= 0 && value <= 0xff, "u8", value);
        room(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public Encoder u16(int value) {
        require(value >= 0 && value <= 0xffff, "u16", value);
        return bigEndian(value, 2);
    }

    /// Values past 2³¹−1 do not occur: every u32 of the protocol is a count, a length or an
    /// attempt.
    public Encoder u32(int value) {
        require(value >= 0, "u32", value);
        return bigEndian(value, 4);
    }

    /// Values past 2⁶³−1 do not occur: every u64 of the protocol is a serial, a time or a weight.
    public Encoder u64(long value) {
        require(value >= 0, "u64", value);
        return bigEndian(value, 8);
    }

    public Encoder bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /// Bytes whose size is fixed by the format.
    public Encoder fixed(Bytes value, int size) {
        require(value.size() == size, size + " bytes", value.size());
        return raw(value);
    }

    public Encoder bytes(Bytes value) {
        return u32(value.size()).raw(value);
    }

    /// Half of a surrogate pair has no UTF-8; Java would write a question mark for it.
    public Encoder text(String value) {
        if (!isAscii(value)) {
            require(
                    value.codePoints()
                            .noneMatch(point -> Character.getType(point) == Character.SURROGATE),
                    "text, which has no unpaired surrogate",
                    value);
            require(Normalizer.isNormalized(value, Normalizer.Form.NFC), "text in NFC", value);
        }
        return bytes(Bytes.utf8(value));
    }

    /// Most text is, and then there is only one way to write it.
    private static boolean isAscii(String value) {
        for (int index = 0; index < value.length(); index++) {
            if (value.charAt(index) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    public <T> Encoder list(Collection<T> items, BiConsumer<Encoder, ? super T> write) {
        u32(items.size());
        items.forEach(item -> write.accept(this, item));
        return this;
    }

    public <T> Encoder optional(Optional<T> item, BiConsumer<Encoder, ? super T> write) {
        bool(item.isPresent());
        item.ifPresent(present -> write.accept(this, present));
        return this;
    }

    /// Enumerations travel as their declared number, never as their place in the source.
    public Encoder coded(Coded value) {
        return u8(value.code());
    }

    public Encoder digest(Digest value) {
        return raw(value.bytes());
    }

    public Encoder alliance(AllianceId value) {
        return digest(value.digest());
    }

    public Encoder key(VerifyingKey value) {
        return raw(value.bytes());
    }

    public Encoder signature(Signature value) {
        return raw(value.bytes());
    }

    public Encoder name(Name value) {
        return text(value.text());
    }

    public Encoder organisation(OrganisationId value) {
        return text(value.domain());
    }

    public Encoder node(NodeId value) {
        return organisation(value.organisation()).name(value.name());
    }

    public Encoder chain(ChainId value) {
        return text(value.text());
    }

    /// Whole milliseconds since 1970; a finer time has no encoding.
    public Encoder time(Instant value) {
        require(
                value.equals(Instant.ofEpochMilli(value.toEpochMilli())),
                "whole milliseconds",
                value);
        return u64(value.toEpochMilli());
    }

    Encoder raw(Bytes value) {
        room(value.size());
        value.copyTo(buffer, size);
        size += value.size();
        return this;
    }

    Bytes written() {
        return Bytes.copyOf(buffer, 0, size);
    }

    private Encoder bigEndian(long value, int width) {
        room(width);
        for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    private void room(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("not " + what + ": " + value);
        }
    }
}
