package org.entente.chain.industrial.worker;

import org.entente.chain.industrial.Habits;
import org.entente.chain.pool.PoolLimits;

import java.time.Duration;

/// How a node works.
///
/// @param gathering how long more transactions may join the first of a block
/// @param transactionCountMax of a block of its own, its evidence among them
/// @param snapshotBlocks how many blocks lie between two snapshots of the state
/// @param remembered how many of the last transactions are found by their id
public record Working(
        Habits habits,
        PoolLimits pool,
        Duration gathering,
        int transactionCountMax,
        int snapshotBlocks,
        int remembered) {}
