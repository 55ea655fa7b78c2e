package org.entente.protocol.merkle;

import org.entente.protocol.Digest;

/// Where the roots of complete subtrees come from: a file of hashes, an array, a list.
@FunctionalInterface
public interface Subtrees {
    /// The root of the 2^level leaves that begin at `index · 2^level`; asked only for subtrees that
    /// are complete.
    Digest hash(int level, long index);
}
