package org.entente.trials.simulation;

import org.entente.certs.Certificate;
import org.entente.endorsement.EntryRecord;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.registry.Change;
import org.entente.registry.SignedChange;

import java.util.TreeMap;

/// A key that was struck or has left makes nothing VALID from the serial on at which that is an
/// entry: what is left of the endorsements is a majority all the same. Nor does a certificate that
/// was revoked.
final class StruckKeysCountForNothing implements Invariant {
    private final Facts facts;

    /// By issuer and number, the serial of the entry that revokes it.
    private final TreeMap<String, Long> revoked = new TreeMap<>();

    StruckKeysCountForNothing(Facts facts) {
        this.facts = facts;
    }

    @Override
    public void restarted(long size) {
        revoked.values().removeIf(serial -> serial >= size);
    }

    @Override
    public void appended(EntryRecord record) {
        if (record.entry().kind() == EntryKind.CHANGE
                && SignedChange.parse(record.content(), record.evidence()).orThrow().change()
                        instanceof Change.CertificateRevoked it) {
            revoked.put(it.organisation() + " " + it.serialNumber(), record.entry().serial());
        }
        if (record.entry().kind() != EntryKind.EXCHANGE
                || record.entry().outcome() != Outcome.VALID) {
            return;
        }
        Sequence sequence = Sequence.FORMAT.decode(record.content()).orThrow();
        Evidence evidence = Evidence.FORMAT.decode(record.evidence()).orThrow();
        long serial = record.entry().serial();
        Certificate certificate = Certificate.parse(sequence.ask().certificate()).orThrow();
        String name = certificate.organisation() + " " + certificate.serialNumber();
        if (revoked.containsKey(name)) {
            throw violated(
                    "serial "
                            + serial
                            + " is VALID by a certificate revoked at "
                            + revoked.get(name));
        }
        long weight = facts.endorsement(sequence, evidence, serial);
        if (2 * weight <= facts.epochAt(serial).totalWeight()) {
            throw violated(
                    "serial %d is VALID with the endorsement of %d of %d"
                            .formatted(serial, weight, facts.epochAt(serial).totalWeight()));
        }
    }
}
