package org.entente.relay.worker;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.relay.log.DurableDirectory;
import org.entente.relay.log.Log;
import org.entente.relay.log.LogSettings;
import org.entente.relay.log.Opening;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// All logs of a relay: its registry's, and one for each alliance.
///
/// `registry/` and `alliances/<id>/` below one folder. A folder of an alliance without a segment,
/// or with a log that holds no record yet, is what a crash before record 0 leaves; it is taken up
/// again.
public final class Logs implements AutoCloseable {
    private static final String REGISTRY = "registry";
    private static final String ALLIANCES = "alliances";

    private final Path folder;
    private final LogSettings allianceSettings;
    private final Consumer<Throwable> whenFailed;
    private final Log registry;
    private volatile SortedMap<AllianceId, Log> alliances;

    private Logs(
            Path folder,
            Log registry,
            SortedMap<AllianceId, Log> alliances,
            LogSettings allianceSettings,
            Consumer<Throwable> whenFailed) {
        this.folder = folder;
        this.registry = registry;
        this.alliances = alliances;
        this.allianceSettings = allianceSettings;
        this.whenFailed = whenFailed;
    }

    /// Whether the registry's log is there; its making ends with that.
    public static boolean areIn(Path folder) throws IOException {
        return Log.isIn(folder.resolve(REGISTRY));
    }

    /// Makes the registry's log, with no record in it.
    ///
    /// @param id the relay's own mark
    public static void create(Path folder, Digest id, LogSettings settings) throws IOException {
        DurableDirectory.make(folder.resolve(ALLIANCES));
        Log.open(folder.resolve(REGISTRY), id, settings, Opening.CREATE, _ -> {}).close();
    }

    /// @param whenFailed told when a log can no longer be written: the process must stop
    public static Logs open(
            Path folder,
            Digest id,
            LogSettings registrySettings,
            LogSettings allianceSettings,
            Consumer<Throwable> whenFailed)
            throws IOException {
        List<Log> opened = new ArrayList<>();
        try {
            Log registry =
                    Log.open(
                            folder.resolve(REGISTRY),
                            id,
                            registrySettings,
                            Opening.EXISTING,
                            whenFailed);
            opened.add(registry);
            SortedMap<AllianceId, Log> alliances = Sorted.empty();
            for (AllianceId alliance : stored(folder.resolve(ALLIANCES))) {
                Log log =
                        Log.open(
                                folder.resolve(ALLIANCES).resolve(alliance.toString()),
                                alliance.digest(),
                                allianceSettings,
                                Opening.EXISTING,
                                whenFailed);
                opened.add(log);
                alliances = Sorted.with(alliances, alliance, log);
            }
            return new Logs(folder, registry, alliances, allianceSettings, whenFailed);
        } catch (IOException | RuntimeException e) {
            for (Log log : opened) {
                log.close();
            }
            throw e;
        }
    }

    public Log registry() {
        return registry;
    }

    public SortedMap<AllianceId, Log> alliances() {
        return alliances;
    }

    /// The log of an alliance, made when it is not there yet, also half. Called by the one thread
    /// that orders.
    Log allianceLog(AllianceId alliance) throws IOException {
        Log known = alliances.get(alliance);
        if (known != null) {
            return known;
        }
        Path place = folder.resolve(ALLIANCES).resolve(alliance.toString());
        Log made =
                Log.open(
                        place,
                        alliance.digest(),
                        allianceSettings,
                        Log.isIn(place) ? Opening.EXISTING : Opening.CREATE,
                        whenFailed);
        alliances = Sorted.with(alliances, alliance, made);
        return made;
    }

    /// By the name that addresses use: `registry` or an alliance's id.
    public Optional<Log> named(String name) {
        if (name.equals(REGISTRY)) {
            return Optional.of(registry);
        }
        return alliances.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    public SortedMap<String, Log> byName() {
        SortedMap<String, Log> all = Sorted.with(Sorted.empty(), REGISTRY, registry);
        for (var entry : alliances.entrySet()) {
            all = Sorted.with(all, entry.getKey().toString(), entry.getValue());
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        for (Log log : byName().values()) {
            log.close();
        }
    }

    private static SortedSet<AllianceId> stored(Path folder) throws IOException {
        SortedSet<AllianceId> ids = new TreeSet<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (!name.matches("[0-9a-f]{64}")) {
                    throw new IOException(child + " does not belong among the alliances' logs");
                }
                if (Log.isIn(child)) {
                    ids.add(AllianceId.fromHex(name));
                }
            }
        }
        return ids;
    }
}
