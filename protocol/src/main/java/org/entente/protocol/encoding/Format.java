package org.entente.protocol.encoding;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Tagged;

import java.util.function.BiConsumer;
import java.util.function.Function;

/// How one kind of object becomes bytes: `purpose tag ‖ 0x00 ‖ fields`. The same bytes travel, are
/// stored, hashed and signed, so the hash of an object begins with what it is for and cannot pass
/// for another's.
///
/// @param <T> the kind of object
public final class Format<T> {
    private final Tagged purpose;
    private final int sizeMax;
    private final Bytes tag;
    private final BiConsumer<Encoder, T> write;
    private final Function<Decoder, T> read;

    public Format(
            Tagged purpose, int sizeMax, BiConsumer<Encoder, T> write, Function<Decoder, T> read) {
        this.purpose = purpose;
        this.sizeMax = sizeMax;
        this.tag = Bytes.utf8(purpose.tag() + "\0");
        this.write = write;
        this.read = read;
    }

    public Tagged purpose() {
        return purpose;
    }

    public int sizeMax() {
        return sizeMax;
    }

    public Bytes encode(T value) {
        Encoder encoder = new Encoder().raw(tag);
        write.accept(encoder, value);
        Bytes bytes = encoder.written();
        if (bytes.size() > sizeMax) {
            throw new IllegalArgumentException(
                    purpose + " has " + bytes.size() + " bytes, " + sizeMax + " are allowed");
        }
        return bytes;
    }

    public Digest digest(T value) {
        return Digest.of(encode(value));
    }

    public Parsed<T> decode(Bytes bytes) {
        if (bytes.size() > sizeMax) {
            return Parsed.refused(
                    Fault.TOO_LARGE,
                    purpose + " has " + bytes.size() + " bytes, " + sizeMax + " are allowed");
        }
        if (bytes.size() < tag.size() || !bytes.slice(0, tag.size()).equals(tag)) {
            return Parsed.refused(Fault.MALFORMED, "not an object for " + purpose);
        }
        try {
            Decoder decoder = new Decoder(bytes);
            decoder.fixed(tag.size());
            T value = read.apply(decoder);
            decoder.end();
            return Parsed.of(value);
        } catch (Malformed | IllegalArgumentException e) {
            return Parsed.refused(Fault.MALFORMED, purpose + ": " + e.getMessage());
        }
    }
}
