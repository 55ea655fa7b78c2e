package org.entente.relay.app;

import org.entente.protocol.Parsed;
import org.entente.relay.DeskRules;
import org.entente.relay.log.LogSettings;
import org.entente.runtime.config.Address;
import org.entente.runtime.config.Configured;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;
import org.entente.runtime.http.HttpServerConfiguration;
import org.entente.runtime.logging.LogFormat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What `relay.conf` says.
///
/// @param address where members reach the relay; it stands in every epoch record
/// @param directory the logs, the key, the view
/// @param hosts the names in the relay's own certificate
/// @param waitingMax changes that wait to be ordered; more are refused OVERLOADED
/// @param recordTimeMax how long a change may wait for its place in the log
/// @param rules of each alliance's desk
public record RelayConfiguration(
        HttpServerConfiguration http,
        URI address,
        Path directory,
        List<String> hosts,
        LogSettings registryLog,
        LogSettings allianceLog,
        int waitingMax,
        Duration recordTimeMax,
        DeskRules rules,
        LogFormat logFormat) {
    /// What stands behind `process =` in such a file.
    public static final String PROCESS = "relay";

    private static final long MEBIBYTE = 1L << 20;

    public RelayConfiguration {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts names at least one name or address");
        }
    }

    public static Configured<RelayConfiguration> configured(Settings settings) {
        Setting<String> process = settings.process(PROCESS);
        Setting<Address> listen = settings.address("listen");
        Setting<URI> address = settings.https("address");
        Setting<Path> directory = settings.path("directory");
        Setting<List<String>> hosts =
                settings.list("hosts", Parsed::of).orElse(List.of("localhost", "127.0.0.1"));
        Setting<Integer> slots = settings.whole("http.slots", 1, 4_096).orElse(64);
        Setting<Integer> queue = settings.whole("http.queue", 0, 65_536).orElse(256);
        Setting<Long> segment =
                settings.size(
                                "log.segmentSize",
                                LogSettings.SEGMENT_SIZE_BYTES_MIN,
                                LogSettings.SEGMENT_SIZE_BYTES_MAX)
                        .orElse(64 * MEBIBYTE);
        Setting<Integer> waiting = settings.whole("changes.waitingMax", 1, 65_536).orElse(1_024);
        Setting<Duration> recordTime =
                settings.duration(
                                "changes.recordTimeMax",
                                Duration.ofMillis(100),
                                Duration.ofMinutes(5))
                        .orElse(Duration.ofSeconds(20));
        Setting<Integer> collecting =
                settings.whole("exchanges.collectingMax", 1, 65_536)
                        .orElse(DeskRules.STANDARD.collectingMax());
        Setting<Integer> collectingEach =
                settings.whole("exchanges.collectingMaxEach", 1, 65_536)
                        .orElse(DeskRules.STANDARD.collectingMaxEach());
        Setting<Integer> tries =
                settings.whole("deliveries.tries", 1, 100).orElse(DeskRules.STANDARD.tries());
        Setting<LogFormat> logFormat =
                settings.choice("log.format", LogFormat.class).orElse(LogFormat.TEXT);
        return settings.finish(() -> {
            process.value();
            return new RelayConfiguration(
                    HttpServerConfiguration.standard(listen.value(), slots.value(), queue.value()),
                    address.value(),
                    directory.value(),
                    hosts.value(),
                    LogSettings.SMALL,
                    new LogSettings(segment.value(), LogSettings.WAITING_MAX),
                    waiting.value(),
                    recordTime.value(),
                    DeskRules.STANDARD
                            .collecting(collecting.value(), collectingEach.value())
                            .tries(tries.value()),
                    logFormat.value());
        });
    }
}
