package org.entente.chain.state;

import org.entente.chain.ChainPurpose;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Version;

import java.util.Optional;

/// A key that was written, with the version and the value it has now.
///
/// @param writes how often it was written, deletions included; from 1
/// @param version where it was written last: a position on the chain, or the serial of what an
///   alliance delivered (protocol.md §5.2)
/// @param value empty: deleted. The version stays, so that no reader takes a key that was deleted
///   and written again for unchanged
public record Item(StateKey key, long writes, Version.Present version, Optional<Bytes> value) {
    /// As a snapshot holds it.
    public static final Format<Item> STORED =
            new Format<>(
                    ChainPurpose.STORED,
                    Delivery.VALUES_SIZE_BYTES_MAX + 1024,
                    Item::write,
                    Item::read);

    public Item {
        if (writes < 1) {
            throw new IllegalArgumentException("an item was written, not " + writes + " times");
        }
    }

    public StateLeaf leaf() {
        return new StateLeaf(key, writes, version, value.map(Digest::of));
    }

    static void write(Encoder encoder, Item item) {
        StateKey.write(encoder, item.key);
        encoder.u64(item.writes).bytes(item.version.bytes()).optional(item.value, Encoder::bytes);
    }

    static Item read(Decoder decoder) {
        return new Item(
                StateKey.read(decoder),
                decoder.u64(),
                new Version.Present(decoder.bytes(Version.SIZE_BYTES_MAX)),
                decoder.optional(each -> each.bytes(Delivery.VALUES_SIZE_BYTES_MAX)));
    }
}
