package org.entente.chain.por.app;

import org.entente.chain.app.MemberConfiguration;
import org.entente.chain.app.PoolSettings;
import org.entente.chain.app.Serving;
import org.entente.chain.pool.PoolLimits;
import org.entente.chain.por.Habits;
import org.entente.chain.por.worker.Working;
import org.entente.protocol.ChainId;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.Address;
import org.entente.runtime.config.Configured;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;
import org.entente.runtime.config.SettingsFile;
import org.entente.runtime.logging.LogFormat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// What `por.conf` says.
///
/// @param peers where other nodes connect to
/// @param hashRateMax hashes a second; 0: as fast as it can
/// @param finalTimeMax how long an answer waits until a transaction is final
public record PorConfiguration(
        Serving serving,
        Path directory,
        ChainId chain,
        Address peers,
        Working working,
        long hashRateMax,
        Duration finalTimeMax,
        LogFormat logFormat)
        implements MemberConfiguration {
    /// What stands behind `process =` in such a file.
    public static final String PROCESS = "por";

    private static final double UNLIMITED_HASH_RATE = 1e7;

    public PorConfiguration {
        if (!chain.namespace().equals(PROCESS)) {
            throw new IllegalArgumentException(
                    "the chains of this process are named por:…, not " + chain);
        }
    }

    public static PorConfiguration read(Path file) throws StartRefused {
        return configured(SettingsFile.read(file)).orRefuse();
    }

    public static Configured<PorConfiguration> configured(Settings settings) {
        Setting<String> process = settings.process(PROCESS);
        Supplier<Serving> serving = Serving.configured(settings);
        Setting<Path> directory = settings.path("directory");
        Setting<ChainId> chain = settings.made("chain", ChainId::new);
        Setting<Address> peers = settings.address("peers.listen");
        Setting<Duration> finalTime =
                settings.duration("finalTimeMax", Duration.ofMillis(10), Duration.ofMinutes(5))
                        .orElse(Duration.ofSeconds(12));
        Setting<LogFormat> logFormat =
                settings.choice("log.format", LogFormat.class).orElse(LogFormat.TEXT);
        WorkingSettings working = new WorkingSettings(settings);
        return settings.finish(() -> {
            process.value();
            return new PorConfiguration(
                    serving.get(),
                    directory.value(),
                    chain.value(),
                    peers.value(),
                    working.value(),
                    working.hashRate.value(),
                    finalTime.value(),
                    logFormat.value());
        });
    }

    /// The keys about making blocks and what waits for them.
    private record WorkingSettings(
            Setting<Integer> enough,
            Setting<Duration> patience,
            Setting<Duration> idle,
            Setting<Integer> rest,
            Setting<Integer> hashRate,
            Setting<Duration> workMax,
            Setting<Duration> stall,
            Setting<Integer> snapshots,
            Setting<Integer> remembered,
            Supplier<PoolLimits> pool) {
        private static final Duration REFRESH = Duration.ofMillis(500);

        WorkingSettings(Settings settings) {
            this(
                    settings.whole("miner.enough", 1, 8_192).orElse(200),
                    settings.duration("miner.patience", Duration.ZERO, Duration.ofMinutes(1))
                            .orElse(Duration.ofMillis(500)),
                    settings.duration("miner.idle", Duration.ofSeconds(1), Duration.ofDays(1))
                            .orElse(Duration.ofMinutes(1)),
                    settings.whole("miner.rest", 0, 100).orElse(2),
                    settings.whole("miner.hashRateMax", 0, 1_000_000_000).orElse(500_000),
                    settings.duration("miner.workMax", Duration.ofSeconds(1), Duration.ofDays(1))
                            .orElse(Duration.ofMinutes(1)),
                    settings.duration("miner.stall", Duration.ofSeconds(1), Duration.ofHours(1))
                            .orElse(Duration.ofSeconds(10)),
                    settings.whole("snapshot.blocks", 1, 100_000_000).orElse(1_000),
                    settings.whole("transactions.remembered", 1, 10_000_000).orElse(100_000),
                    PoolSettings.configured(settings, 50_000, 1_000));
        }

        Working value() {
            double rate = hashRate.value() == 0 ? UNLIMITED_HASH_RATE : hashRate.value();
            return new Working(
                    new Habits(
                            enough.value(),
                            patience.value(),
                            idle.value(),
                            REFRESH,
                            rest.value(),
                            rate,
                            workMax.value(),
                            stall.value()),
                    pool.get(),
                    snapshots.value(),
                    remembered.value());
        }
    }
}
