package org.entente.registry;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.exchange.Place;

/// A chain's inbox contract: where it stands and the digest of its code, which agents compare
/// before the first delivery.
public record Inbox(String address, Digest code) {
    public Inbox {
        if (address.isEmpty() || Bytes.utf8(address).size() > Place.INBOX_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an inbox's address has 1 to " + Place.INBOX_SIZE_BYTES_MAX + " bytes");
        }
    }

    static void write(Encoder encoder, Inbox inbox) {
        encoder.text(inbox.address).digest(inbox.code);
    }

    static Inbox read(Decoder decoder) {
        return new Inbox(decoder.text(Place.INBOX_SIZE_BYTES_MAX), decoder.digest());
    }
}
