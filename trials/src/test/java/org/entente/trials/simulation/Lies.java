package org.entente.trials.simulation;

import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Bytes;
import org.entente.protocol.NodeId;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Sealed;

import java.util.ArrayList;
import java.util.List;

/// What a lying relay gives out in the place of the truth.
final class Lies {
    /// The first entries are honest, so that there is something to lie about.
    private static final long HONEST_SIZE = 12;

    private Lies() {}

    /// The log as one agent is shown it.
    static List<EntryRecord> shown(World world, NodeId agent, List<EntryRecord> true_, long from) {
        if (!agent.equals(world.agents().firstKey())) {
            return true_;
        }
        List<EntryRecord> shown = new ArrayList<>(true_);
        switch (world.plan().relayLie()) {
            case NONE, ALTERS_PAYLOADS, UNSEALED -> {}
            case FORGES_VERDICTS ->
                    shown.replaceAll(each ->
                            each.entry().outcome() == Outcome.INVALID
                                            && each.entry().serial() > HONEST_SIZE
                                    ? with(each, Outcome.VALID, 0)
                                    : each);
            case FORKS ->
                    shown.replaceAll(
                            each -> each.entry().serial() == HONEST_SIZE ? delayed(each) : each);
            case REORDERS -> {
                if (shown.size() > 1 && from >= HONEST_SIZE) {
                    EntryRecord first = shown.get(0);
                    EntryRecord second = shown.get(1);
                    shown.set(0, at(second, first.entry().serial()));
                    shown.set(1, at(first, second.entry().serial()));
                }
            }
            case WITHHOLDS -> shown.removeIf(each -> each.entry().serial() > HONEST_SIZE);
        }
        return shown;
    }

    private static EntryRecord with(EntryRecord record, Outcome outcome, int fault) {
        Entry entry = record.entry();
        return new EntryRecord(
                new Entry(
                        entry.serial(),
                        entry.kind(),
                        entry.submission(),
                        entry.evidence(),
                        outcome,
                        fault,
                        entry.time()),
                record.content(),
                record.evidence());
    }

    private static EntryRecord delayed(EntryRecord record) {
        Entry entry = record.entry();
        return new EntryRecord(
                new Entry(
                        entry.serial(),
                        entry.kind(),
                        entry.submission(),
                        entry.evidence(),
                        entry.outcome(),
                        entry.fault(),
                        entry.time().plusMillis(1)),
                record.content(),
                record.evidence());
    }

    private static EntryRecord at(EntryRecord record, long serial) {
        Entry entry = record.entry();
        return new EntryRecord(
                new Entry(
                        serial,
                        entry.kind(),
                        entry.submission(),
                        entry.evidence(),
                        entry.outcome(),
                        entry.fault(),
                        entry.time()),
                record.content(),
                record.evidence());
    }

    /// A delivery as it is given out.
    static Delivery given(World world, Delivery delivery) {
        return switch (world.plan().relayLie()) {
            case ALTERS_PAYLOADS -> altered(delivery);
            case UNSEALED -> unsealed(delivery);
            case NONE, FORGES_VERDICTS, FORKS, REORDERS, WITHHOLDS -> delivery;
        };
    }

    static Delivery altered(Delivery delivery) {
        List<Bytes> values = new ArrayList<>(delivery.values());
        values.set(0, Bytes.utf8("altered"));
        return with(delivery, delivery.sighting(), values);
    }

    static Delivery unsealed(Delivery delivery) {
        Sealed sealed = delivery.sighting().sealed();
        return with(
                delivery,
                new Sighting(
                        delivery.sighting().entry(),
                        delivery.sighting().inclusion(),
                        new Sealed(sealed.seal(), sealed.signatures().subList(0, 1))),
                delivery.values());
    }

    /// What was INVALID is said to be VALID.
    static Delivery reversed(Delivery delivery) {
        Entry entry = delivery.sighting().entry();
        Entry forged =
                new Entry(
                        entry.serial(),
                        EntryKind.EXCHANGE,
                        entry.submission(),
                        entry.evidence(),
                        Outcome.VALID,
                        0,
                        entry.time());
        return with(
                delivery,
                new Sighting(forged, delivery.sighting().inclusion(), delivery.sighting().sealed()),
                delivery.values());
    }

    private static Delivery with(Delivery delivery, Sighting sighting, List<Bytes> values) {
        return new Delivery(
                sighting,
                delivery.request(),
                delivery.requestSignature(),
                delivery.proposal(),
                delivery.proposerSignature(),
                delivery.evidence(),
                values);
    }
}
