package org.entente.light.por;

import java.math.BigInteger;
import java.util.Collection;

/// Whether enough work was done for a header.
@FunctionalInterface
public interface Work {
    /// By the header's hash.
    Work HASHED =
            (header, difficulty, distances) ->
                    difficulty.isBelow(
                            new BigInteger(1, header.hash().bytes().toArray()), distances);

    boolean isDone(BlockHeader header, Difficulty difficulty, Collection<Integer> distances);

    /// What whoever searches compares with.
    default BigInteger target(Difficulty difficulty, Collection<Integer> distances) {
        return difficulty.target(distances);
    }
}
