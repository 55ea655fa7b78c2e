package org.entente.chain.transport;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.security.PublicKey;

/// Who a peer is: its public key as DER of SubjectPublicKeyInfo, whatever its kind. Another key is
/// another peer.
public record PeerKey(Bytes der) implements Comparable<PeerKey> {
    private static final int SHOWN_DIGITS = 16;

    public PeerKey {
        if (der.isEmpty()) {
            throw new IllegalArgumentException("a key has bytes");
        }
    }

    public static PeerKey of(PublicKey key) {
        return new PeerKey(Bytes.copyOf(key.getEncoded()));
    }

    @Override
    public int compareTo(PeerKey other) {
        return der.compareTo(other.der);
    }

    /// The beginning of its digest: keys of one kind begin alike.
    @Override
    public String toString() {
        return Digest.of(der).hex().substring(0, SHOWN_DIGITS);
    }
}
