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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads what [Encoder] writes and nothing else. Lengths are checked before anything is allocated.
public final class Decoder {
    private final Bytes source;
    private int position;

    Decoder(Bytes source) {
        this.source = source;
    }

    /// How many bytes were read.
    public int position() {
        return position;
    }

    /// The bytes that were read since a position: an object of which they are all is encoded as
    /// they are.
    public Bytes readSince(int from) {
        return source.slice(from, position);
    }

    public int u8() {
        return (int) bigEndian(1);
    }

    public int u16() {
        return (int) bigEndian(2);
    }

    public int u32() {
        long value = bigEndian(4);
        if (value > Integer.MAX_VALUE) {
            throw new Malformed("a u32 past 2^31-1: " + value);
        }
        return (int) value;
    }

    public long u64() {
        long value = bigEndian(8);
        if (value < 0) {
            throw new Malformed("a u64 past 2^63-1: " + Long.toUnsignedString(value));
        }
        return value;
    }

    public boolean bool() {
        int value = u8();
        if (value > 1) {
            throw new Malformed("a boolean is 0 or 1, not " + value);
        }
        return value == 1;
    }

    public Bytes fixed(int size) {
        if (size > source.size() - position) {
            throw new Malformed(size + " bytes asked, " + (source.size() - position) + " left");
        }
        Bytes value = source.slice(position, position + size);
        position += size;
        return value;
    }

    public Bytes bytes(int sizeMax) {
        int size = u32();
        if (size > sizeMax) {
            throw new Malformed(size + " bytes where " + sizeMax + " are allowed");
        }
        return fixed(size);
    }

    public String text(int sizeMax) {
        Bytes bytes = bytes(sizeMax);
        if (isAscii(bytes)) {
            return bytes.asUtf8();
        }
        String text = utf8(bytes);
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw new Malformed("text that is not in NFC");
        }
        return text;
    }

    public <T> List<T> list(int countMax, Function<Decoder, T> read) {
        int count = u32();
        if (count > countMax) {
            throw new Malformed(count + " items where " + countMax + " are allowed");
        }
        List<T> items = new ArrayList<>(Math.min(count, source.size() - position));
        for (int index = 0; index < count; index++) {
            items.add(read.apply(this));
        }
        return Collections.unmodifiableList(items);
    }

    public <T> Optional<T> optional(Function<Decoder, T> read) {
        return bool() ? Optional.of(read.apply(this)) : Optional.empty();
    }

    public <E extends Enum<E> & Coded> E coded(Class<E> type) {
        int code = u8();
        for (E constant : type.getEnumConstants()) {
            if (constant.code() == code) {
                return constant;
            }
        }
        throw new Malformed("no " + type.getSimpleName() + " has the number " + code);
    }

    public Digest digest() {
        return new Digest(fixed(Digest.SIZE_BYTES));
    }

    public AllianceId alliance() {
        return new AllianceId(digest());
    }

    public VerifyingKey key() {
        return new VerifyingKey(fixed(VerifyingKey.SIZE_BYTES));
    }

    public Signature signature() {
        return new Signature(fixed(Signature.SIZE_BYTES));
    }

    public Name name() {
        return new Name(text(Name.SIZE_MAX));
    }

    public OrganisationId organisation() {
        return new OrganisationId(text(OrganisationId.SIZE_MAX));
    }

    public NodeId node() {
        return new NodeId(organisation(), name());
    }

    public ChainId chain() {
        return new ChainId(text(ChainId.SIZE_MAX));
    }

    public Instant time() {
        return Instant.ofEpochMilli(u64());
    }

    void end() {
        if (position != source.size()) {
            throw new Malformed((source.size() - position) + " bytes behind the end");
        }
    }

    private long bigEndian(int width) {
        if (width > source.size() - position) {
            throw new Malformed("the end comes within a number of " + width + " bytes");
        }
        long value = 0;
        for (int count = 0; count < width; count++) {
            value = (value << 8) | (source.at(position++) & 0xff);
        }
        return value;
    }

    /// Most text is, and then it is in NFC.
    private static boolean isAscii(Bytes bytes) {
        for (int index = 0; index < bytes.size(); index++) {
            if (bytes.at(index) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String utf8(Bytes bytes) {
        try {
            ByteBuffer buffer = bytes.asBuffer();
            return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("text that is not UTF-8");
        }
    }
}
