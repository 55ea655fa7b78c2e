package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;

import java.util.Optional;

/// Nothing takes effect on a destination that is not VALID in the log that a majority sealed, or
/// that a majority did not endorse, or with other values than were endorsed.
final class OnlyWhatIsSealedIsApplied implements Invariant {
    private final Facts facts;

    OnlyWhatIsSealedIsApplied(Facts facts) {
        this.facts = facts;
    }

    @Override
    public void applied(ChainId chain, Delivery delivery) {
        var entry = delivery.sighting().entry();
        var seal = delivery.sighting().sealed().seal();
        if (!facts.isSealed(seal.root(), seal.size())) {
            throw violated("serial " + entry.serial() + " is applied under " + seal);
        }
        Optional<EntryRecord> record = facts.record(entry.serial());
        if (record.isEmpty() || !record.get().entry().equals(entry)) {
            throw violated("applied is " + entry + ", the log has " + record);
        }
        if (entry.kind() != EntryKind.EXCHANGE || entry.outcome() != Outcome.VALID) {
            throw violated(entry + " is applied");
        }
        Sequence sequence = Sequence.FORMAT.decode(record.get().content()).orThrow();
        long weight = facts.endorsement(sequence, delivery.evidence(), entry.serial());
        long total = facts.epochAt(entry.serial()).totalWeight();
        if (2 * weight <= total) {
            throw violated(
                    "serial %d is applied with the endorsement of %d of %d"
                            .formatted(entry.serial(), weight, total));
        }
        for (int index = 0; index < delivery.values().size(); index++) {
            Digest endorsed = delivery.evidence().writeSet().writes().get(index).value();
            if (!Digest.of(delivery.values().get(index)).equals(endorsed)) {
                throw violated("serial " + entry.serial() + " is applied with another value");
            }
        }
    }
}
