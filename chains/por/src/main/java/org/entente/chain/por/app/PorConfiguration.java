package org.entente.chain.por.app;

import org.entente.chain.pool.PoolLimits;
import org.entente.chain.por.Habits;
import org.entente.chain.por.worker.Working;
import org.entente.protocol.ChainId;
import org.entente.runtime.config.Address;
import org.entente.runtime.config.Configured;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;
import org.entente.runtime.http.HttpServerConfiguration;
import org.entente.runtime.logging.LogFormat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What `por.conf` says.
///
/// @param tls whether the API is served over TLS; without it on loopback only
/// @param hosts the names in the certificate that the node makes for itself
/// @param peers where other nodes connect to
/// @param hashRateMax hashes a second; 0: as fast as it can
/// @param finalTimeMax how long an answer waits until a transaction is final
/// @param subscriberMax of events
/// @param heartbeat of events
public record PorConfiguration(
        HttpServerConfiguration http,
        Tls tls,
        List<String> hosts,
        Path directory,
        ChainId chain,
        Address peers,
        Working working,
        long hashRateMax,
        Duration finalTimeMax,
        int subscriberMax,
        Duration heartbeat,
        LogFormat logFormat) {
    /// What stands behind `process =` in such a file.
    public static final String PROCESS = "por";

    private static final long MEBIBYTE = 1L << 20;
    private static final double UNLIMITED_HASH_RATE = 1e7;

    /// Whether connections to the API are encrypted; those between nodes always are.
    public enum Tls {
        ON,
        OFF
    }

    public PorConfiguration {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts names at least one name or address");
        }
        if (!chain.namespace().equals(PROCESS)) {
            throw new IllegalArgumentException(
                    "the chains of this process are named por:…, not " + chain);
        }
    }

    public static Configured<PorConfiguration> configured(Settings settings) {
        Setting<String> process = settings.process(PROCESS);
        Setting<Address> listen = settings.address("listen");
        Setting<Tls> tls = settings.choice("tls", Tls.class).orElse(Tls.ON);
        Setting<List<String>> hosts =
                settings.listed("hosts", text -> text).orElse(List.of("localhost", "127.0.0.1"));
        Setting<Path> directory = settings.path("directory");
        Setting<ChainId> chain = settings.made("chain", ChainId::new);
        Setting<Address> peers = settings.address("peers.listen");
        Setting<Integer> slots = settings.whole("http.slots", 1, 4_096).orElse(512);
        Setting<Integer> queue = settings.whole("http.queue", 0, 65_536).orElse(1_024);
        Setting<Duration> finalTime =
                settings.duration("finalTimeMax", Duration.ofMillis(10), Duration.ofMinutes(5))
                        .orElse(Duration.ofSeconds(12));
        Setting<Integer> subscribers = settings.whole("events.max", 1, 2_048).orElse(64);
        Setting<Duration> heartbeat =
                settings.duration("events.heartbeat", Duration.ofMillis(100), Duration.ofMinutes(5))
                        .orElse(Duration.ofSeconds(10));
        Setting<LogFormat> logFormat =
                settings.choice("log.format", LogFormat.class).orElse(LogFormat.TEXT);
        WorkingSettings working = new WorkingSettings(settings);
        return settings.finish(() -> {
            process.value();
            return new PorConfiguration(
                    HttpServerConfiguration.standard(listen.value(), slots.value(), queue.value()),
                    tls.value(),
                    hosts.value(),
                    directory.value(),
                    chain.value(),
                    peers.value(),
                    working.value(),
                    working.hashRate.value(),
                    finalTime.value(),
                    subscribers.value(),
                    heartbeat.value(),
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
            Setting<Integer> waiting,
            Setting<Long> size,
            Setting<Integer> perAccount) {
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
                    settings.whole("pool.waitingMax", 1, 1_000_000).orElse(50_000),
                    settings.size("pool.sizeMax", MEBIBYTE, 1_024 * MEBIBYTE).orElse(64 * MEBIBYTE),
                    settings.whole("pool.perAccountMax", 1, 1_000_000).orElse(1_000));
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
                    new PoolLimits(waiting.value(), size.value(), perAccount.value()),
                    snapshots.value(),
                    remembered.value());
        }
    }
}
