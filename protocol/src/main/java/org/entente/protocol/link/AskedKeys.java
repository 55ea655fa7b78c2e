package org.entente.protocol.link;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.ReadSet;

import java.util.List;

/// Keys of one chain's own state whose versions are asked for.
public record AskedKeys(ChainId chain, List<Bytes> keys) {
    static final int CHAIN_COUNT_MAX = 16;

    public AskedKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > ReadSet.COUNT_MAX) {
            throw new IllegalArgumentException(
                    keys.size() + " keys where 1 to " + ReadSet.COUNT_MAX + " are asked for");
        }
        Sorted.requireStrictlyAscending(keys, "keys");
    }

    /// The keys as places.
    public List<Place> places() {
        return keys.stream().map(key -> new Place(chain, Place.OWN, key)).toList();
    }

    static void write(Encoder encoder, AskedKeys asked) {
        encoder.chain(asked.chain).list(asked.keys, Encoder::bytes);
    }

    static AskedKeys read(Decoder decoder) {
        return new AskedKeys(
                decoder.chain(),
                decoder.list(ReadSet.COUNT_MAX, each -> each.bytes(Place.KEY_SIZE_BYTES_MAX)));
    }
}
