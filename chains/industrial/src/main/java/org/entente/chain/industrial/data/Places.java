package org.entente.chain.industrial.data;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

import java.nio.ByteBuffer;

/// Under which key of the contract each thing stands, so that anybody can ask for its proof
/// (docs/chains/industrial-data.md §4). An id holds no zero byte, so no key begins another's id.
public final class Places {
    private static final Bytes END = Bytes.copyOf(new byte[1]);

    private Places() {}

    /// Of a [DataHead].
    public static Bytes head(DataId id) {
        return kind(1, id);
    }

    /// Of a [DataRecord].
    public static Bytes version(DataId id, int version) {
        return kind(2, id)
                .concat(END)
                .concat(Bytes.copyOf(ByteBuffer.allocate(4).putInt(version).array()));
    }

    /// Of a [Grant].
    public static Bytes grant(DataId id, VerifyingKey account, String purpose) {
        return grants(id).concat(account.bytes()).concat(Bytes.utf8(purpose));
    }

    /// How the keys of all grants begin.
    public static Bytes grants(DataId id) {
        return kind(3, id).concat(END);
    }

    /// Of a [SeriesHead].
    public static Bytes series(DataId id) {
        return kind(4, id);
    }

    /// Of a [Part]; a gap stands under its first number.
    public static Bytes part(DataId id, long number) {
        return parts(id).concat(number(number));
    }

    /// How the keys of all parts begin.
    public static Bytes parts(DataId id) {
        return kind(5, id).concat(END);
    }

    /// Of a number u64: in which version, or which part of a series, an object of this root stands.
    public static Bytes object(DataId id, Digest root) {
        return kind(6, id).concat(END).concat(root.bytes());
    }

    static Bytes number(long number) {
        return Bytes.copyOf(ByteBuffer.allocate(8).putLong(number).array());
    }

    private static Bytes kind(int number, DataId id) {
        return Bytes.copyOf(new byte[] {(byte) number}).concat(Bytes.utf8(id.text()));
    }
}
