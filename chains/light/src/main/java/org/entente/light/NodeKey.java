package org.entente.light;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

/// The public key that a node signs its blocks with, and shows to its peers.
///
/// @param der a SubjectPublicKeyInfo
public record NodeKey(Bytes der) implements Comparable<NodeKey> {
    public static final int SIZE_BYTES_MAX = 600;

    public NodeKey {
        if (der.isEmpty() || der.size() > SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a node's key has 1 to " + SIZE_BYTES_MAX + " bytes, not " + der.size());
        }
    }

    @Override
    public int compareTo(NodeKey other) {
        return der.compareTo(other.der);
    }

    /// The key's digest: what a person compares.
    @Override
    public String toString() {
        return Digest.of(der).hex();
    }
}
