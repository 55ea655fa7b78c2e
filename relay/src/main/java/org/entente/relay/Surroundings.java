package org.entente.relay;

import org.entente.protocol.Digest;

/// What a [Desk] looks up where it lies: both are answered at once and change nothing.
public interface Surroundings {
    /// The root of the log's first entries, which are forced.
    Digest root(long size);

    /// Whether the payload of a digest is stored.
    boolean holds(Digest payload);
}
