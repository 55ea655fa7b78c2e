package org.entente.chain.app;

import org.entente.chain.Block;
import org.entente.chain.pool.PoolLimits;
import org.entente.chain.worker.Making;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.config.Configured;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;
import org.entente.runtime.logging.LogFormat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// What `solo.conf` says.
///
/// @param owner admits accounts and founds inbox contracts; of the genesis
/// @param accounts admitted by the genesis
/// @param finalTimeMax how long an answer waits for the block
public record SoloConfiguration(
        Serving serving,
        Path directory,
        ChainId chain,
        VerifyingKey owner,
        List<VerifyingKey> accounts,
        Making making,
        Duration finalTimeMax,
        LogFormat logFormat)
        implements NodeConfiguration {
    /// What stands behind `process =` in such a file.
    public static final String PROCESS = "solo";

    public SoloConfiguration {
        accounts = List.copyOf(accounts);
        if (!chain.namespace().equals(PROCESS)) {
            throw new IllegalArgumentException(
                    "the chains of this process are named solo:…, not " + chain);
        }
    }

    public static Configured<SoloConfiguration> configured(Settings settings) {
        Setting<String> process = settings.process(PROCESS);
        Supplier<Serving> serving = Serving.configured(settings);
        Setting<Path> directory = settings.path("directory");
        Setting<ChainId> chain = settings.made("chain", ChainId::new);
        Setting<VerifyingKey> owner = settings.made("owner", SoloConfiguration::key);
        Setting<List<VerifyingKey>> accounts =
                settings.listed("accounts", SoloConfiguration::key).orElse(List.of());
        Setting<Duration> inclusion =
                settings.duration("inclusionTimeMax", Duration.ofMillis(10), Duration.ofMinutes(1))
                        .orElse(Duration.ofSeconds(10));
        Setting<LogFormat> logFormat =
                settings.choice("log.format", LogFormat.class).orElse(LogFormat.TEXT);
        MakingSettings making = new MakingSettings(settings);
        return settings.finish(() -> {
            process.value();
            return new SoloConfiguration(
                    serving.get(),
                    directory.value(),
                    chain.value(),
                    owner.value(),
                    accounts.value(),
                    making.value(),
                    inclusion.value(),
                    logFormat.value());
        });
    }

    /// The keys about blocks and what waits for them.
    private record MakingSettings(
            Setting<Duration> gathering,
            Setting<Integer> transactions,
            Setting<Integer> snapshots,
            Setting<Integer> remembered,
            Supplier<PoolLimits> pool) {
        MakingSettings(Settings settings) {
            this(
                    settings.duration("blockInterval", Duration.ZERO, Duration.ofSeconds(60))
                            .orElse(Duration.ofMillis(2)),
                    settings.whole("block.transactionsMax", 1, Block.TRANSACTION_COUNT_MAX)
                            .orElse(1_024),
                    settings.whole("snapshot.blocks", 1, 100_000_000).orElse(10_000),
                    settings.whole("transactions.remembered", 1, 10_000_000).orElse(100_000),
                    PoolSettings.configured(settings, 8_192, 1_024));
        }

        Making value() {
            return new Making(
                    pool.get(),
                    gathering.value(),
                    transactions.value(),
                    snapshots.value(),
                    remembered.value());
        }
    }

    private static VerifyingKey key(String hex) {
        return new VerifyingKey(Bytes.fromHex(hex));
    }
}
