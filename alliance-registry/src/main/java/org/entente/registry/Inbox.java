package org.entente.registry;

import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// A chain's inbox contract: where it stands and the digest of its code, which agents compare
/// before the first delivery.
public record Inbox(String address, Digest code) {
    public static final int ADDRESS_SIZE_MAX = 128;

    public Inbox {
        if (address.isEmpty() || address.length() > ADDRESS_SIZE_MAX) {
            throw new IllegalArgumentException(
                    "an inbox's address has 1 to " + ADDRESS_SIZE_MAX + " characters");
        }
    }

    static void write(Encoder encoder, Inbox inbox) {
        encoder.text(inbox.address).digest(inbox.code);
    }

    static Inbox read(Decoder decoder) {
        return new Inbox(decoder.text(ADDRESS_SIZE_MAX * 3), decoder.digest());
    }
}
