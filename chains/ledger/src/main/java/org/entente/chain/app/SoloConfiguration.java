package org.entente.chain.app;

import org.entente.chain.Block;
import org.entente.chain.pool.PoolLimits;
import org.entente.chain.worker.Making;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.config.Address;
import org.entente.runtime.config.Configured;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;
import org.entente.runtime.http.HttpServerConfiguration;
import org.entente.runtime.logging.LogFormat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// What `solo.conf` says.
///
/// @param tls whether the API is served over TLS; without it on loopback only
/// @param hosts the names in the certificate that the process makes for itself
/// @param owner admits accounts and founds inbox contracts; of the genesis
/// @param accounts admitted by the genesis
/// @param inclusionTimeMax how long an answer waits for the block
/// @param subscriberMax of events
/// @param heartbeat of events
public record SoloConfiguration(
        HttpServerConfiguration http,
        Tls tls,
        List<String> hosts,
        Path directory,
        ChainId chain,
        VerifyingKey owner,
        List<VerifyingKey> accounts,
        Making making,
        Duration inclusionTimeMax,
        int subscriberMax,
        Duration heartbeat,
        LogFormat logFormat) {
    /// What stands behind `process =` in such a file.
    public static final String PROCESS = "solo";

    private static final long MEBIBYTE = 1L << 20;

    /// Whether connections are encrypted.
    public enum Tls {
        ON,
        OFF
    }

    public SoloConfiguration {
        hosts = List.copyOf(hosts);
        accounts = List.copyOf(accounts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts names at least one name or address");
        }
        if (!chain.namespace().equals(PROCESS)) {
            throw new IllegalArgumentException(
                    "the chains of this process are named solo:…, not " + chain);
        }
    }

    public static Configured<SoloConfiguration> configured(Settings settings) {
        Setting<String> process = settings.parsed("process", SoloConfiguration::process);
        Setting<Address> listen = settings.address("listen");
        Setting<Tls> tls = settings.choice("tls", Tls.class).orElse(Tls.ON);
        Setting<List<String>> hosts =
                settings.list("hosts", Parsed::of).orElse(List.of("localhost", "127.0.0.1"));
        Setting<Path> directory = settings.path("directory");
        Setting<ChainId> chain = settings.parsed("chain", made(ChainId::new));
        Setting<VerifyingKey> owner = settings.parsed("owner", made(SoloConfiguration::key));
        Setting<List<VerifyingKey>> accounts =
                settings.list("accounts", made(SoloConfiguration::key)).orElse(List.of());
        Setting<Integer> slots = settings.whole("http.slots", 1, 4_096).orElse(512);
        Setting<Integer> queue = settings.whole("http.queue", 0, 65_536).orElse(1_024);
        Setting<Duration> inclusion =
                settings.duration("inclusionTimeMax", Duration.ofMillis(10), Duration.ofMinutes(1))
                        .orElse(Duration.ofSeconds(10));
        Setting<Integer> subscribers = settings.whole("events.max", 1, 2_048).orElse(64);
        Setting<Duration> heartbeat =
                settings.duration("events.heartbeat", Duration.ofMillis(100), Duration.ofMinutes(5))
                        .orElse(Duration.ofSeconds(10));
        Setting<LogFormat> logFormat =
                settings.choice("log.format", LogFormat.class).orElse(LogFormat.TEXT);
        MakingSettings making = new MakingSettings(settings);
        return settings.finish(() -> {
            process.value();
            return new SoloConfiguration(
                    HttpServerConfiguration.standard(listen.value(), slots.value(), queue.value()),
                    tls.value(),
                    hosts.value(),
                    directory.value(),
                    chain.value(),
                    owner.value(),
                    accounts.value(),
                    making.value(),
                    inclusion.value(),
                    subscribers.value(),
                    heartbeat.value(),
                    logFormat.value());
        });
    }

    /// The keys about blocks and what waits for them.
    private record MakingSettings(
            Setting<Duration> gathering,
            Setting<Integer> transactions,
            Setting<Integer> snapshots,
            Setting<Integer> remembered,
            Setting<Integer> waiting,
            Setting<Long> size,
            Setting<Integer> perAccount) {
        MakingSettings(Settings settings) {
            this(
                    settings.duration("blockInterval", Duration.ZERO, Duration.ofSeconds(60))
                            .orElse(Duration.ofMillis(2)),
                    settings.whole("block.transactionsMax", 1, Block.TRANSACTION_COUNT_MAX)
                            .orElse(1_024),
                    settings.whole("snapshot.blocks", 1, 100_000_000).orElse(10_000),
                    settings.whole("transactions.remembered", 1, 10_000_000).orElse(100_000),
                    settings.whole("pool.waitingMax", 1, 1_000_000).orElse(8_192),
                    settings.size("pool.sizeMax", MEBIBYTE, 1_024 * MEBIBYTE).orElse(64 * MEBIBYTE),
                    settings.whole("pool.perAccountMax", 1, 1_000_000).orElse(1_024));
        }

        Making value() {
            return new Making(
                    new PoolLimits(waiting.value(), size.value(), perAccount.value()),
                    gathering.value(),
                    transactions.value(),
                    snapshots.value(),
                    remembered.value());
        }
    }

    private static Parsed<String> process(String text) {
        return text.equals(PROCESS)
                ? Parsed.of(text)
                : Parsed.refused(Fault.INVALID_VALUE, "this file is for the process " + text);
    }

    private static VerifyingKey key(String hex) {
        return new VerifyingKey(Bytes.fromHex(hex));
    }

    private static <T> Function<String, Parsed<T>> made(Function<String, T> maker) {
        return text -> {
            try {
                return Parsed.of(maker.apply(text));
            } catch (IllegalArgumentException e) {
                return Parsed.refused(Fault.INVALID_VALUE, String.valueOf(e.getMessage()));
            }
        };
    }
}
