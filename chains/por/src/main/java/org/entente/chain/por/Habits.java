package org.entente.chain.por;

import java.time.Duration;

/// When an honest node makes blocks: its own choice, which nobody can check.
///
/// @param enough so many waiting transactions make a block due at once
/// @param patience so long after the last block fewer of them do
/// @param heartbeat so long after the last block even none does
/// @param refresh how old the transactions of a block in the making become before others join them
/// @param rest a block of its own among the last so many: it lets the others go first
/// @param hashRate that it searches with, in hashes a second
/// @param workMax it does not begin what takes so long
/// @param stall without a higher block for so long all rests end, and ties
public record Habits(
        int enough,
        Duration patience,
        Duration heartbeat,
        Duration refresh,
        int rest,
        double hashRate,
        Duration workMax,
        Duration stall) {
    public Habits {
        if (!(hashRate > 0) || rest < 0 || enough < 1) {
            throw new IllegalArgumentException(
                    "a node with %s hashes a second, %d blocks of rest, %d transactions"
                            .formatted(hashRate, rest, enough));
        }
    }
}
