package org.entente.adapter.own;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Place;

import java.nio.ByteBuffer;
import java.util.Comparator;

/// Where something stands in a chain's state (docs/ledger.md §3.1).
///
/// @param namespace an inbox contract's address; empty for what belongs to no contract
public record StateKey(Area area, String namespace, Bytes key) implements Comparable<StateKey> {
    private static final int KEY_SIZE_BYTES_MAX = 257;
    private static final byte OUTCOME = 4;
    private static final int OUTCOME_SIZE_BYTES = 1 + Long.BYTES;
    public static final Format<StateKey> FORMAT =
            new Format<>(ChainTag.KEY, 512, StateKey::write, StateKey::read);
    private static final Comparator<StateKey> ORDER =
            Comparator.comparing(StateKey::area)
                    .thenComparing(key -> Bytes.utf8(key.namespace))
                    .thenComparing(StateKey::key);

    /// The parts of a state, which never mix.
    public enum Area implements Coded {
        OWN(1),
        ACCOUNT(2),
        CONTRACT(3),
        DELIVERED(4),
        SYSTEM(5),
        PACT(6),
        STORE(7);

        private final int code;

        Area(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /// Whether versions are positions on the chain; those of what was delivered are serials.
        boolean isPositioned() {
            return this != DELIVERED;
        }
    }

    /// A key of the chain's own.
    public static StateKey own(Bytes key) {
        return new StateKey(Area.OWN, Place.OWN, key);
    }

    public static StateKey of(Place place) {
        return new StateKey(place.isOwn() ? Area.OWN : Area.DELIVERED, place.inbox(), place.key());
    }

    /// Where an inbox contract keeps how the exchange of a serial ended.
    public static StateKey outcome(String inbox, long serial) {
        byte[] key = ByteBuffer.allocate(OUTCOME_SIZE_BYTES).put(OUTCOME).putLong(serial).array();
        return new StateKey(Area.CONTRACT, inbox, Bytes.copyOf(key));
    }

    /// Its place in the tree.
    Digest index() {
        return FORMAT.digest(this);
    }

    static void write(Encoder encoder, StateKey key) {
        encoder.coded(key.area).text(key.namespace).bytes(key.key);
    }

    static StateKey read(Decoder decoder) {
        return new StateKey(
                decoder.coded(Area.class),
                decoder.text(Place.INBOX_SIZE_BYTES_MAX),
                decoder.bytes(KEY_SIZE_BYTES_MAX));
    }

    @Override
    public int compareTo(StateKey other) {
        return ORDER.compare(this, other);
    }
}
