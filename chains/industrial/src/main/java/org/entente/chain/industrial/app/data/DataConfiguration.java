package org.entente.chain.industrial.app.data;

import org.entente.chain.industrial.vault.VaultLimits;
import org.entente.runtime.config.Setting;
import org.entente.runtime.config.Settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// What a node's file says of the data that it keeps (docs/chains/industrial-data.md §7).
///
/// @param replicas other members' nodes that keep this one's chunks too
/// @param certificates theirs, pinned, in the same order; none: without TLS, on loopback
/// @param scrubBytesPerSecond how fast a scrub reads
/// @param unregisteredMax how long content waits to be registered
public record DataConfiguration(
        VaultLimits limits,
        List<URI> replicas,
        List<Path> certificates,
        Duration scrubEvery,
        long scrubBytesPerSecond,
        Duration unregisteredMax) {
    public DataConfiguration {
        replicas = List.copyOf(replicas);
        certificates = List.copyOf(certificates);
        if (!certificates.isEmpty() && certificates.size() != replicas.size()) {
            throw new IllegalArgumentException(
                    "data.replicaCertificates names one for each of data.replicas, or none");
        }
    }

    /// Its keys in a node's file.
    public static Supplier<DataConfiguration> configured(Settings settings) {
        Setting<Integer> uploads = settings.whole("data.uploads", 1, 1_024).orElse(16);
        Setting<Integer> perAccount = settings.whole("data.uploadsPerAccount", 1, 64).orElse(4);
        Setting<Duration> idle =
                settings.duration("data.uploadIdleMax", Duration.ofMinutes(1), Duration.ofDays(30))
                        .orElse(Duration.ofHours(24));
        Setting<Long> reserve = settings.size("data.reserve", 0, 1L << 50).orElse(1L << 30);
        Setting<List<URI>> replicas =
                settings.listed("data.replicas", URI::create).orElse(List.of());
        Setting<List<Path>> certificates =
                settings.listed("data.replicaCertificates", Path::of).orElse(List.of());
        Setting<Duration> every =
                settings.duration("data.scrubEvery", Duration.ofSeconds(1), Duration.ofDays(365))
                        .orElse(Duration.ofDays(1));
        Setting<Long> rate = settings.size("data.scrubRate", 1L << 10, 1L << 40).orElse(16L << 20);
        Setting<Duration> unregistered =
                settings.duration(
                                "data.unregisteredMax", Duration.ofMinutes(1), Duration.ofDays(30))
                        .orElse(Duration.ofHours(24));
        return () ->
                new DataConfiguration(
                        new VaultLimits(
                                uploads.value(), perAccount.value(), idle.value(), reserve.value()),
                        replicas.value(),
                        certificates.value(),
                        every.value(),
                        rate.value(),
                        unregistered.value());
    }
}
