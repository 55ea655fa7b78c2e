package org.entente.chain.state;

import org.entente.chain.ChainPurpose;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.merkle.TreeHash;

import java.util.Optional;

/// What the tree knows of a key: everything but the value, of which it has the digest.
///
/// @param value empty: the key was deleted
public record StateLeaf(
        StateKey key, long writes, Version.Present version, Optional<Digest> value) {
    public static final Format<StateLeaf> FORMAT =
            new Format<>(ChainPurpose.LEAF, 1024, StateLeaf::write, StateLeaf::read);

    Digest hash() {
        return TreeHash.leaf(FORMAT.encode(this));
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
