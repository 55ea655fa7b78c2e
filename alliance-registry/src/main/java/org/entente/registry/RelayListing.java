package org.entente.registry;

import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// The relay that an epoch uses: where it answers and the key that clients pin.
public record RelayListing(String address, VerifyingKey key) {
    public static final int ADDRESS_SIZE_MAX = 256;

    public RelayListing {
        if (!address.startsWith("https://") || address.length() > ADDRESS_SIZE_MAX) {
            throw new IllegalArgumentException(
                    "a relay's address is https://… of at most "
                            + ADDRESS_SIZE_MAX
                            + " characters, not '"
                            + address
                            + "'");
        }
    }

    static void write(Encoder encoder, RelayListing relay) {
        encoder.text(relay.address).key(relay.key);
    }

    static RelayListing read(Decoder decoder) {
        return new RelayListing(decoder.text(ADDRESS_SIZE_MAX * 3), decoder.key());
    }
}
