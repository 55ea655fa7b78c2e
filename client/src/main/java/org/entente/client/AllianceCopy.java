package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.endorsement.Content;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.Notary;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.Alliance;
import org.entente.registry.ChangeEntry;
import org.entente.registry.SignedChange;

import java.util.function.Consumer;

/// One alliance as we folded it ourselves from its own log, its exchanges included.
public final class AllianceCopy {
    private final AllianceId id;
    private final Notary notary;
    private final Consumer<ChangeEntry> reader;
    private final LogFollower follower;

    /// @param reader sees each change once it was checked
    public AllianceCopy(
            RelayClient relay, AllianceId id, Verifier verifier, Consumer<ChangeEntry> reader) {
        this.id = id;
        this.reader = reader;
        this.notary = new Notary(id, verifier);
        this.follower = new LogFollower(relay, id.toString(), this::take);
    }

    /// Brings the copy up to date; what it gives was checked whole.
    public Alliance refresh(LogFollower.Listener listener) throws Refused, Unreachable {
        RelayClient.LogHead head = follower.follow(listener);
        Alliance folded =
                notary.alliance()
                        .orElseThrow(() ->
                                new Refused(Fault.NOT_FOUND, "the alliance " + id + " has no log"));
        Digest said = head.digest().orElse(folded.digest());
        if (!folded.digest().equals(said)) {
            throw new Refused(
                    Fault.BAD_PROOF,
                    "the log folds to " + folded.digest() + ", the relay says " + said);
        }
        return folded;
    }

    /// The number of entries that were checked, exchanges among them.
    public long size() {
        return notary.size();
    }

    private Verdict take(EntryRecord record) {
        return switch (Content.read(record)) {
            case Parsed.Refused<Content>(Verdict.Rejected why) -> why;
            case Parsed.Value<Content>(Content content) -> {
                Verdict verdict = notary.check(record.entry(), content);
                if (verdict.isAccepted()) {
                    notary.take(record.entry(), content);
                    if (content instanceof Content.Changed(SignedChange change)) {
                        reader.accept(
                                new ChangeEntry(
                                        record.entry().serial(), record.entry().time(), change));
                    }
                }
                yield verdict;
            }
        };
    }
}
