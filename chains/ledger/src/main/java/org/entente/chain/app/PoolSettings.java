package org.entente.chain.app;

import org.entente.chain.pool.PoolLimits;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;

import java.util.function.Supplier;

/// The keys of a node's file about transactions that wait.
public final class PoolSettings {
    private static final long MEBIBYTE = 1L << 20;

    private PoolSettings() {}

    /// @param waiting how many wait at most, where the file does not say
    /// @param perAccount likewise of one account
    public static Supplier<PoolLimits> configured(Settings settings, int waiting, int perAccount) {
        Setting<Integer> waitingMax =
                settings.whole("pool.waitingMax", 1, 1_000_000).orElse(waiting);
        Setting<Long> sizeMax =
                settings.size("pool.sizeMax", MEBIBYTE, 1_024 * MEBIBYTE).orElse(64 * MEBIBYTE);
        Setting<Integer> perAccountMax =
                settings.whole("pool.perAccountMax", 1, 1_000_000).orElse(perAccount);
        return () -> new PoolLimits(waitingMax.value(), sizeMax.value(), perAccountMax.value());
    }
}
