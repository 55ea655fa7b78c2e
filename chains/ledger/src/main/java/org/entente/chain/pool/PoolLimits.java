package org.entente.chain.pool;

/// How much may wait.
///
/// @param count of transactions, those of the block in the making included
/// @param sizeBytes of all of them together
/// @param perAccount of one account
public record PoolLimits(int count, long sizeBytes, int perAccount) {
    public PoolLimits {
        if (count < 1 || sizeBytes < 1 || perAccount < 1) {
            throw new IllegalArgumentException("a pool has room for one transaction at least");
        }
    }
}
