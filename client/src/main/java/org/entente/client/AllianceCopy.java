package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.registry.Alliance;
import org.entente.registry.ChangeEntry;

import java.util.Optional;
import java.util.function.Consumer;

/// One alliance as we folded it ourselves from its own log.
public final class AllianceCopy {
    private final AllianceId id;
    private final Verifier verifier;
    private final Consumer<ChangeEntry> reader;
    private final LogFollower follower;
    private Optional<Alliance> alliance = Optional.empty();

    /// @param reader sees each entry once it was checked
    public AllianceCopy(
            RelayClient relay, AllianceId id, Verifier verifier, Consumer<ChangeEntry> reader) {
        this.id = id;
        this.reader = reader;
        this.verifier = verifier;
        this.follower = new LogFollower(relay, id.toString(), this::take);
    }

    /// Brings the copy up to date; what it gives was checked whole.
    public Alliance refresh(LogFollower.Listener listener) throws Refused, Unreachable {
        RelayClient.LogHead head = follower.follow(listener);
        Alliance folded =
                alliance.orElseThrow(
                        () -> new Refused(Fault.NOT_FOUND, "the alliance " + id + " has no log"));
        Digest said = head.digest().orElse(folded.digest());
        if (!folded.digest().equals(said)) {
            throw new Refused(
                    Fault.BAD_PROOF,
                    "the log folds to " + folded.digest() + ", the relay says " + said);
        }
        return folded;
    }

    private Verdict take(ChangeEntry entry) {
        if (alliance.isPresent()) {
            Verdict verdict = alliance.get().check(entry.change(), verifier);
            if (verdict.isAccepted()) {
                alliance = Optional.of(alliance.get().apply(entry));
                reader.accept(entry);
            }
            return verdict;
        }
        Verdict verdict = Alliance.checkFounding(entry.change(), verifier);
        if (verdict.isAccepted()) {
            Alliance founded = Alliance.founded(entry);
            if (!founded.id().equals(id)) {
                return Verdict.rejected(Fault.BAD_PROOF, "it founds the alliance " + founded.id());
            }
            alliance = Optional.of(founded);
            reader.accept(entry);
        }
        return verdict;
    }
}
