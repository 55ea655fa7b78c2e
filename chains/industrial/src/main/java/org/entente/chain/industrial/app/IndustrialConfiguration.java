package org.entente.chain.industrial.app;

import org.entente.chain.app.MemberConfiguration;
import org.entente.chain.app.PoolSettings;
import org.entente.chain.app.Serving;
import org.entente.chain.industrial.Body;
import org.entente.chain.industrial.Habits;
import org.entente.chain.industrial.app.data.DataConfiguration;
import org.entente.chain.industrial.worker.Working;
import org.entente.chain.pool.PoolLimits;
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

/// What `industrial.conf` says.
///
/// @param peers where other nodes connect to
/// @param members the file that says where they are
/// @param finalTimeMax how long an answer waits until a transaction is final
public record IndustrialConfiguration(
        Serving serving,
        Path directory,
        ChainId chain,
        Address peers,
        Path members,
        Working working,
        Duration finalTimeMax,
        DataConfiguration data,
        LogFormat logFormat)
        implements MemberConfiguration {
    /// What stands behind `process =` in such a file.
    public static final String PROCESS = "industrial";

    private static final String NAMESPACE = "icb";

    public IndustrialConfiguration {
        if (!chain.namespace().equals(NAMESPACE)) {
            throw new IllegalArgumentException(
                    "the chains of this process are named icb:…, not " + chain);
        }
    }

    public static IndustrialConfiguration read(Path file) throws StartRefused {
        return configured(SettingsFile.read(file)).orRefuse();
    }

    public static Configured<IndustrialConfiguration> configured(Settings settings) {
        Setting<String> process = settings.process(PROCESS);
        Supplier<Serving> serving = Serving.configured(settings);
        Setting<Path> directory = settings.path("directory");
        Setting<ChainId> chain = settings.made("chain", ChainId::new);
        Setting<Address> peers = settings.address("peers.listen");
        Setting<Path> members = settings.path("members");
        Setting<Duration> finalTime =
                settings.duration("finalTimeMax", Duration.ofMillis(10), Duration.ofMinutes(5))
                        .orElse(Duration.ofSeconds(10));
        Setting<LogFormat> logFormat =
                settings.choice("log.format", LogFormat.class).orElse(LogFormat.TEXT);
        WorkingSettings working = new WorkingSettings(settings);
        Supplier<DataConfiguration> data = DataConfiguration.configured(settings);
        return settings.finish(() -> {
            process.value();
            return new IndustrialConfiguration(
                    serving.get(),
                    directory.value(),
                    chain.value(),
                    peers.value(),
                    members.value(),
                    working.value(),
                    finalTime.value(),
                    data.get(),
                    logFormat.value());
        });
    }

    /// The keys about making blocks and what waits for them.
    private record WorkingSettings(
            Setting<Duration> timeout,
            Setting<Duration> timeoutMost,
            Setting<Duration> idle,
            Setting<Duration> resend,
            Setting<Duration> gathering,
            Setting<Integer> transactions,
            Setting<Integer> snapshots,
            Setting<Integer> remembered,
            Supplier<PoolLimits> pool) {
        WorkingSettings(Settings settings) {
            this(
                    settings.duration("view.timeout", Duration.ofMillis(50), Duration.ofMinutes(5))
                            .orElse(Duration.ofSeconds(2)),
                    settings.duration(
                                    "view.timeoutMost", Duration.ofMillis(50), Duration.ofHours(1))
                            .orElse(Duration.ofSeconds(60)),
                    settings.duration("block.idle", Duration.ofMillis(50), Duration.ofDays(1))
                            .orElse(Duration.ofSeconds(10)),
                    settings.duration("resend", Duration.ofMillis(50), Duration.ofMinutes(1))
                            .orElse(Duration.ofSeconds(1)),
                    settings.duration("blockInterval", Duration.ZERO, Duration.ofSeconds(60))
                            .orElse(Duration.ofMillis(5)),
                    settings.whole("block.transactionsMax", 2, Body.TRANSACTION_COUNT_MAX)
                            .orElse(Body.TRANSACTION_COUNT_MAX),
                    settings.whole("snapshot.blocks", 1, 100_000_000).orElse(10_000),
                    settings.whole("transactions.remembered", 1, 10_000_000).orElse(100_000),
                    PoolSettings.configured(settings, 50_000, 1_024));
        }

        Working value() {
            return new Working(
                    new Habits(timeout.value(), timeoutMost.value(), idle.value(), resend.value()),
                    pool.get(),
                    gathering.value(),
                    transactions.value(),
                    snapshots.value(),
                    remembered.value());
        }
    }
}
