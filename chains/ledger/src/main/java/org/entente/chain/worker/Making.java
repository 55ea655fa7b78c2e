package org.entente.chain.worker;

import org.entente.chain.pool.PoolLimits;

import java.time.Duration;

/// How blocks are made.
///
/// @param gathering how long more transactions may join the first of a block
/// @param transactionCountMax of a block
/// @param snapshotBlocks how many blocks lie between two snapshots of the state
/// @param remembered how many of the last transactions are found by their id
public record Making(
        PoolLimits pool,
        Duration gathering,
        int transactionCountMax,
        int snapshotBlocks,
        int remembered) {}
