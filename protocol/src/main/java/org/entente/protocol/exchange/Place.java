package org.entente.protocol.exchange;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.Comparator;

/// Where a key stands: in a chain's own state, or in the namespace that an inbox contract keeps for
/// the alliance on that chain. The two never mix, even under one name (protocol.md §5.2).
///
/// @param inbox the inbox contract's address in the chain's own words; empty: the chain's own state
public record Place(ChainId chain, String inbox, Bytes key) implements Comparable<Place> {
    public static final String OWN = "";
    public static final int INBOX_SIZE_BYTES_MAX = 128;
    public static final int KEY_SIZE_BYTES_MAX = Keys.SIZE_BYTES_MAX;
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::chain)
                    .thenComparing(Place::inbox, Place::byBytes)
                    .thenComparing(Place::key);

    public Place {
        Keys.require(key);
        if (!inbox.isEmpty()) {
            requireInbox(inbox);
        }
    }

    public static void requireInbox(String inbox) {
        if (inbox.isEmpty() || Bytes.utf8(inbox).size() > INBOX_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an inbox is named by 1 to " + INBOX_SIZE_BYTES_MAX + " bytes");
        }
    }

    public static Place own(ChainId chain, Bytes key) {
        return new Place(chain, OWN, key);
    }

    /// Whether the chain versions it itself, not the alliance's log.
    public boolean isOwn() {
        return inbox.isEmpty();
    }

    /// As their bytes are ordered. Most places that are compared share one inbox, which costs
    /// nothing to see.
    private static int byBytes(String one, String other) {
        return one.equals(other) ? 0 : Bytes.utf8(one).compareTo(Bytes.utf8(other));
    }

    public static void write(Encoder encoder, Place place) {
        encoder.chain(place.chain).text(place.inbox).bytes(place.key);
    }

    public static Place read(Decoder decoder) {
        return new Place(
                decoder.chain(),
                decoder.text(INBOX_SIZE_BYTES_MAX),
                decoder.bytes(Keys.SIZE_BYTES_MAX));
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
