package org.entente.registry.journal;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.registry.Alliance;
import org.entente.registry.Change;
import org.entente.registry.ChangeEntry;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Logs in memory with their folds at any size: two members, an alliance, and as many more nodes as
/// are asked for. Entries are one millisecond apart.
final class Books implements EntrySource {
    static final Instant START = Instant.parse("2026-11-21T10:30:15Z");

    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final AllianceId alliance;
    private final List<ChangeEntry> registryLog = new ArrayList<>();
    private final List<ChangeEntry> allianceLog = new ArrayList<>();

    Books(int moreNodes) {
        List<Member> members = List.of(alpha, beta);
        World world = World.of(members);
        alliance = world.found(new Contracts(members), members);
        for (ChangeEntry entry : world.log()) {
            registryLog.add(timed(entry.serial(), entry.change()));
        }
        Registry registry = registry(registryLog.size());
        for (SignedChange due : registry.owed(alliance, Optional.empty())) {
            allianceLog.add(timed(allianceLog.size(), due));
        }
        for (int node = 0; node < moreNodes; node++) {
            registryLog.add(timed(registryLog.size(), nodeAdded("node-" + node)));
        }
    }

    AllianceId alliance() {
        return alliance;
    }

    int allianceSize() {
        return allianceLog.size();
    }

    /// Of the registry's log.
    int size() {
        return registryLog.size();
    }

    Registry registry(long size) {
        Registry registry = Registry.EMPTY;
        for (ChangeEntry entry : registryLog.subList(0, (int) size)) {
            registry = registry.apply(entry);
        }
        return registry;
    }

    Alliance fold() {
        Alliance fold = Alliance.founded(allianceLog.getFirst());
        for (ChangeEntry entry : allianceLog.subList(1, allianceLog.size())) {
            fold = fold.apply(entry);
        }
        return fold;
    }

    /// Both logs whole.
    SortedMap<String, LogFold> folds() {
        return Sorted.with(
                registryFold(size()), alliance.toString(), LogFold.of(fold(), allianceLog.size()));
    }

    /// The registry's log alone, at a size.
    SortedMap<String, LogFold> registryFold(long size) {
        return Sorted.with(Sorted.empty(), LogFold.REGISTRY, LogFold.of(registry(size)));
    }

    @Override
    public EntryRow read(String log, long serial) {
        return EntryRow.of(
                log, (log.equals(LogFold.REGISTRY) ? registryLog : allianceLog).get((int) serial));
    }

    private static ChangeEntry timed(long serial, SignedChange change) {
        return new ChangeEntry(serial, START.plusMillis(serial), change);
    }

    private SignedChange nodeAdded(String name) {
        Change change =
                new Change.NodeAdded(
                        Member.identity(
                                        new NodeId(alpha.id(), new Name(name)),
                                        alpha.generation(),
                                        alpha.agentKey(),
                                        Member.NOW)
                                .der(),
                        alpha.chains(),
                        alpha.roles());
        return alpha.agentSigned(change);
    }
}
