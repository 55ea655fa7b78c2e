package org.entente.chain.por.worker;

import org.entente.chain.pool.PoolLimits;
import org.entente.chain.por.Habits;

/// How a node works.
///
/// @param snapshotBlocks how many final blocks lie between two snapshots of the state
/// @param remembered how many of the last transactions are found by their id
public record Working(Habits habits, PoolLimits pool, int snapshotBlocks, int remembered) {}
