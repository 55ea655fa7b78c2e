package org.entente.light;

import org.entente.protocol.Bytes;

/// Whether a node signed something. May be used by any number of threads at once.
public interface NodeVerifier {
    /// Whether it is a key of a kind and a length that blocks are signed with.
    boolean isUsable(NodeKey key);

    boolean verify(NodeKey key, Bytes message, Bytes signature);
}
