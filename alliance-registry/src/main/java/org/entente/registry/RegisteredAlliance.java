package org.entente.registry;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// An alliance as the registry sees it: what holds in it, and every change that its own log is
/// owed, in order. A log that has the first n of them is owed the rest, however often that is
/// asked.
///
/// @param chain the digest of all dues, each hashed onto those before it, so that the alliance's
///   item in the registry's state stays small however many there are
public record RegisteredAlliance(Charter charter, List<SignedChange> dues, Digest chain) {
    public RegisteredAlliance {
        dues = Collections.unmodifiableList(dues);
    }

    static RegisteredAlliance founded(Charter charter, SignedChange founding) {
        return new RegisteredAlliance(charter, List.of(founding), chained(Digest.ZERO, founding));
    }

    public AllianceId id() {
        return charter.id();
    }

    RegisteredAlliance with(SignedChange due) {
        List<SignedChange> more = new ArrayList<>(dues);
        more.add(due);
        return new RegisteredAlliance(charter.apply(due), more, chained(chain, due));
    }

    private static Digest chained(Digest before, SignedChange due) {
        return StateItem.FORMAT.digest(
                StateItem.of(
                        StateItem.Kind.DUE,
                        before,
                        to -> to.digest(due.digest()).digest(due.evidence())));
    }

    StateItem item() {
        return StateItem.of(StateItem.Kind.ALLIANCE, id(), to -> to.u32(dues.size()).digest(chain));
    }
}
