package org.entente.relay;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.registry.Alliance;
import org.entente.registry.ChangeEntry;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The folds of all of a relay's logs, at one moment (protocol.md §8.1).
///
/// @param alliances those whose log has at least its record 0
/// @param sizes of the alliances' logs
/// @param newest the highest time of any entry of the registry: entry times never decrease
public record Books(
        Registry registry,
        SortedMap<AllianceId, Alliance> alliances,
        SortedMap<AllianceId, Long> sizes,
        Instant newest) {
    public static final Books EMPTY =
            new Books(Registry.EMPTY, Sorted.empty(), Sorted.empty(), Instant.EPOCH);

    public Books {
        alliances = Sorted.copyOf(alliances);
        sizes = Sorted.copyOf(sizes);
    }

    /// The time of the next entry: now, or the newest entry's while the clock is behind it.
    public Instant entryTime(Instant now) {
        Instant whole = now.truncatedTo(ChronoUnit.MILLIS);
        return whole.isBefore(newest) ? newest : whole;
    }

    /// The next entry of the registry log, if it passes [#check].
    public ChangeEntry next(SignedChange change, Instant now) {
        return new ChangeEntry(registry.size(), entryTime(now), change);
    }

    /// Whether an entry may be the registry log's next. Judged by the time that it carries, as
    /// everyone who folds the log will: an instant later may be another verdict.
    public Verdict check(ChangeEntry entry, Verifier verifier) {
        return registry.check(entry.change(), entry.time(), verifier);
    }

    public Books withRegistryEntry(ChangeEntry entry) {
        return new Books(registry.apply(entry), alliances, sizes, later(entry));
    }

    /// With an alliance's log as it stands now.
    public Books withAlliance(AllianceId id, Alliance alliance, long size) {
        return new Books(
                registry,
                Sorted.with(alliances, id, alliance),
                Sorted.with(sizes, id, size),
                newest);
    }

    /// What the registry decided and an alliance's log does not have yet. Empty except between an
    /// entry of the registry and the entries it causes, or after a crash there.
    public SortedMap<AllianceId, List<SignedChange>> owed() {
        TreeMap<AllianceId, List<SignedChange>> owed = new TreeMap<>();
        for (AllianceId alliance : registry.alliances().keySet()) {
            List<SignedChange> changes =
                    registry.owed(alliance, Optional.ofNullable(alliances.get(alliance)));
            if (!changes.isEmpty()) {
                owed.put(alliance, changes);
            }
        }
        return Sorted.copyOf(owed);
    }

    private Instant later(ChangeEntry entry) {
        return entry.time().isAfter(newest) ? entry.time() : newest;
    }
}
