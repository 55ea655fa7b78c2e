package org.entente.trials.simulation;

import org.entente.agent.Question;
import org.entente.endorsement.EntryRecord;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.delivery.CancelNotice;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.Cancellation;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Sealed;
import org.entente.registry.Change;
import org.entente.registry.SignedChange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the relay holds ready for inbox contracts.
final class Documents {
    private Documents() {}

    static Parsed<Bytes> of(World world, Question.Document.Kind kind, long number) {
        return switch (kind) {
            case DELIVERY ->
                    delivery(world, number)
                            .map(it -> Delivery.FORMAT.encode(Lies.given(world, it)));
            case CANCELLATION -> cancellation(world, number);
            case EPOCH -> epoch(world, number);
        };
    }

    static Parsed<Delivery> delivery(World world, long serial) {
        Optional<Sealed> sealed = world.relay().newestSeal();
        if (sealed.isEmpty() || sealed.get().seal().size() <= serial) {
            return Parsed.refused(Fault.NOT_YET, "not sealed");
        }
        return delivery(world, serial, sealed.get());
    }

    static Parsed<Delivery> delivery(World world, long serial, Sealed sealed) {
        EntryRecord record = world.relay().log().record(serial);
        if (record.entry().kind() != EntryKind.EXCHANGE) {
            return Parsed.refused(Fault.NOT_FOUND, "no exchange");
        }
        Sequence sequence = Sequence.FORMAT.decode(record.content()).orThrow();
        Evidence evidence = Evidence.FORMAT.decode(record.evidence()).orThrow();
        List<Bytes> values = new ArrayList<>();
        for (var write : evidence.writeSet().writes()) {
            Optional<Bytes> value = world.relay().payload(write.value());
            if (value.isEmpty()) {
                return Parsed.refused(Fault.NOT_FOUND, "no payload " + write.value());
            }
            values.add(value.get());
        }
        return Parsed.of(
                new Delivery(
                        sighting(world, serial, sealed),
                        sequence.ask().request(),
                        sequence.ask().signature(),
                        sequence.proposal(),
                        sequence.proposerSignature(),
                        evidence,
                        values));
    }

    private static Sighting sighting(World world, long serial, Sealed sealed) {
        LogDisk log = world.relay().log();
        return new Sighting(
                log.record(serial).entry(),
                log.tree(sealed.seal().size()).inclusion(serial),
                sealed);
    }

    private static Parsed<Bytes> cancellation(World world, long serial) {
        Optional<Sealed> sealed = world.relay().newestSeal();
        if (sealed.isEmpty() || sealed.get().seal().size() <= serial) {
            return Parsed.refused(Fault.NOT_YET, "not sealed");
        }
        EntryRecord record = world.relay().log().record(serial);
        if (record.entry().kind() != EntryKind.CANCEL) {
            return Parsed.refused(Fault.NOT_FOUND, "no cancellation");
        }
        Cancellation cancellation = Cancellation.FORMAT.decode(record.content()).orThrow();
        return Parsed.of(
                CancelNotice.FORMAT.encode(
                        new CancelNotice(sighting(world, serial, sealed.get()), cancellation)));
    }

    private static Parsed<Bytes> epoch(World world, long number) {
        LogDisk log = world.relay().log();
        for (long serial = 0; serial < log.forced(); serial++) {
            EntryRecord record = log.record(serial);
            if (record.entry().kind() == EntryKind.CHANGE
                    && SignedChange.parse(record.content(), record.evidence()).orThrow().change()
                            instanceof Change.RecordProposed proposed
                    && org.entente.registry.EpochRecord.FORMAT
                                    .decode(proposed.record())
                                    .orThrow()
                                    .epoch()
                            == number) {
                Optional<Sealed> sealed = world.relay().epochSeal(serial + 1);
                return sealed.isEmpty()
                        ? Parsed.refused(Fault.NOT_YET, "not sealed")
                        : Parsed.of(
                                EpochNotice.FORMAT.encode(
                                        new EpochNotice(
                                                sighting(world, serial, sealed.get()),
                                                record.content())));
            }
        }
        return Parsed.refused(Fault.NOT_FOUND, "no epoch " + number);
    }
}
