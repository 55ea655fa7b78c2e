package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.endorsement.Content;
import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.ChangeEntry;
import org.entente.registry.Registry;
import org.entente.registry.SignedChange;

import java.util.function.Consumer;

/// The registry as we folded it ourselves from the relay's registry log.
public final class RegistryCopy {
    private final Verifier verifier;
    private final Consumer<ChangeEntry> reader;
    private final LogFollower follower;
    private Registry registry = Registry.EMPTY;

    /// @param reader sees each entry once it was checked
    public RegistryCopy(RelayClient relay, Verifier verifier, Consumer<ChangeEntry> reader) {
        this.verifier = verifier;
        this.reader = reader;
        this.follower = new LogFollower(relay, RelayClient.REGISTRY, this::take);
    }

    /// Brings the copy up to date; what it gives was checked whole.
    public Registry refresh(LogFollower.Listener listener) throws Refused, Unreachable {
        RelayClient.LogHead head = follower.follow(listener);
        if (head.digest().isPresent()) {
            compare(head.digest().get());
        }
        return registry;
    }

    private void compare(Digest said) throws Refused {
        Digest ours = registry.digest();
        if (!ours.equals(said)) {
            throw new Refused(
                    Fault.BAD_PROOF,
                    "the registry log folds to " + ours + ", the relay says " + said);
        }
    }

    private Verdict take(EntryRecord record) {
        return switch (Content.read(record)) {
            case Parsed.Refused<Content>(Verdict.Rejected why) -> why;
            case Parsed.Value<Content>(Content.Changed(SignedChange change)) ->
                    take(new ChangeEntry(record.entry().serial(), record.entry().time(), change));
            case Parsed.Value<Content>(_) ->
                    Verdict.rejected(Fault.MALFORMED, "a registry log has changes alone");
        };
    }

    private Verdict take(ChangeEntry entry) {
        Verdict verdict = registry.check(entry.change(), entry.time(), verifier);
        if (verdict.isAccepted()) {
            registry = registry.apply(entry);
            reader.accept(entry);
        }
        return verdict;
    }
}
