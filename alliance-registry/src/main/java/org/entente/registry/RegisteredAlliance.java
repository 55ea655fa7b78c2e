package org.entente.registry;

import org.entente.protocol.AllianceId;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// An alliance as the registry sees it: what holds in it, and every change that its own log is
/// owed, in order. A log that has the first n of them is owed the rest, however often that is
/// asked.
public record RegisteredAlliance(Charter charter, List<SignedChange> dues) {
    public RegisteredAlliance {
        dues = Collections.unmodifiableList(dues);
    }

    public AllianceId id() {
        return charter.id();
    }

    RegisteredAlliance with(SignedChange due) {
        List<SignedChange> more = new ArrayList<>(dues);
        more.add(due);
        return new RegisteredAlliance(charter.apply(due), more);
    }

    StateItem item() {
        return StateItem.of(
                StateItem.Kind.ALLIANCE,
                id(),
                to ->
                        to.list(
                                dues,
                                (encoder, due) ->
                                        encoder.digest(due.digest()).digest(due.evidence())));
    }
}
