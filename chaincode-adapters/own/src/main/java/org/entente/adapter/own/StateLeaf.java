package org.entente.adapter.own;

import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.merkle.TreeHash;

import java.util.Optional;

/// What the state's tree knows of a key that was written.
///
/// @param writes how often, deletions included
/// @param value the digest of the value; empty: deleted
public record StateLeaf(
        StateKey key, long writes, Version.Present version, Optional<Digest> value) {
    private static final int POSITION_SIZE_BYTES = 12;
    public static final Format<StateLeaf> FORMAT =
            new Format<>(ChainTag.LEAF, 1024, StateLeaf::write, StateLeaf::read);

    Digest hash() {
        return TreeHash.leaf(FORMAT.encode(this));
    }

    /// The height at which it was written last; empty where versions are serials.
    Optional<Long> height() {
        return key.area().isPositioned() && version.bytes().size() == POSITION_SIZE_BYTES
                ? Optional.of(version.bytes().asBuffer().getLong())
                : Optional.empty();
    }

    static void write(Encoder encoder, StateLeaf leaf) {
        StateKey.write(encoder, leaf.key);
        encoder.u64(leaf.writes).bytes(leaf.version.bytes()).optional(leaf.value, Encoder::digest);
    }

    static StateLeaf read(Decoder decoder) {
        return new StateLeaf(
                StateKey.read(decoder),
                decoder.u64(),
                new Version.Present(decoder.bytes(Version.SIZE_BYTES_MAX)),
                decoder.optional(Decoder::digest));
    }
}
