package org.entente.light;

import org.entente.protocol.Bytes;

/// A node's private key, which is not shown.
public interface NodeSigner {
    NodeKey key();

    Bytes sign(Bytes message);
}
