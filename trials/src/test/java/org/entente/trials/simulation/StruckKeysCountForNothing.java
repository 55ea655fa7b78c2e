package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;

/// A key that was struck or has left makes nothing VALID from the serial on at which that is an
/// entry: what is left of the endorsements is a majority all the same.
final class StruckKeysCountForNothing implements Invariant {
    private final Facts facts;

    StruckKeysCountForNothing(Facts facts) {
        this.facts = facts;
    }

    @Override
    public void appended(EntryRecord record) {
        if (record.entry().kind() != EntryKind.EXCHANGE
                || record.entry().outcome() != Outcome.VALID) {
            return;
        }
        Sequence sequence = Sequence.FORMAT.decode(record.content()).orThrow();
        Evidence evidence = Evidence.FORMAT.decode(record.evidence()).orThrow();
        long serial = record.entry().serial();
        long weight = facts.endorsement(sequence, evidence, serial);
        if (2 * weight <= facts.epochAt(serial).totalWeight()) {
            throw violated(
                    "serial %d is VALID with the endorsement of %d of %d"
                            .formatted(serial, weight, facts.epochAt(serial).totalWeight()));
        }
    }
}
