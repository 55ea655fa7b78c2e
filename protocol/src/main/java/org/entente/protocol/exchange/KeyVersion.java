package org.entente.protocol.exchange;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// The version of one key as an endorser saw it.
public record KeyVersion(Bytes key, Version version) implements Comparable<KeyVersion> {

    public KeyVersion {
        Keys.require(key);
    }

    static void write(Encoder encoder, KeyVersion keyVersion) {
        encoder.bytes(keyVersion.key);
        Version.write(encoder, keyVersion.version);
    }

    static KeyVersion read(Decoder decoder) {
        return new KeyVersion(decoder.bytes(Keys.SIZE_BYTES_MAX), Version.read(decoder));
    }

    /// By key alone: each appears once.
    @Override
    public int compareTo(KeyVersion other) {
        return key.compareTo(other.key);
    }
}
