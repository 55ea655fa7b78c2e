package org.entente.relay.worker;

import org.entente.endorsement.Content;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.Receipt;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.delivery.CancelNotice;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.EpochNotice;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Sealed;
import org.entente.registry.EpochRecord;
import org.entente.relay.Desk;
import org.entente.relay.log.Log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is proven to those who have no log: entries under the seals of a majority.
public final class Sightings {
    private final Logs logs;
    private final Desks desks;

    public Sightings(Logs logs, Desks desks) {
        this.logs = logs;
        this.desks = desks;
    }

    /// An exchange, ready to be brought.
    public Parsed<Delivery> delivery(AllianceId alliance, long serial)
            throws IOException, InterruptedException {
        Parsed<EntryRecord> found = record(alliance, serial);
        if (!(found instanceof Parsed.Value<EntryRecord>(EntryRecord record))) {
            return new Parsed.Refused<>(((Parsed.Refused<EntryRecord>) found).why());
        }
        if (!(Content.read(record).orThrow() instanceof Content.Exchanged(var candidate))
                || record.entry().outcome() != Outcome.VALID) {
            return Parsed.refused(Fault.NOT_FOUND, "serial " + serial + " is no VALID exchange");
        }
        List<Bytes> values = new ArrayList<>();
        for (Write write : candidate.evidence().writeSet().writes()) {
            Optional<Bytes> value = desks.surroundings().payloads().find(write.value());
            if (value.isEmpty()) {
                return Parsed.refused(
                        Fault.NOT_FOUND, "the value " + write.value() + " is not stored any more");
            }
            values.add(value.get());
        }
        Sequence sequence = candidate.sequence();
        return sighting(alliance, record)
                .map(sighting ->
                        new Delivery(
                                sighting,
                                sequence.ask().request(),
                                sequence.ask().signature(),
                                sequence.proposal(),
                                sequence.proposerSignature(),
                                candidate.evidence(),
                                values));
    }

    /// What tells an inbox contract that an exchange is cancelled.
    ///
    /// @param serial of the CANCEL entry
    public Parsed<CancelNotice> cancellation(AllianceId alliance, long serial)
            throws IOException, InterruptedException {
        Parsed<EntryRecord> found = record(alliance, serial);
        if (!(found instanceof Parsed.Value<EntryRecord>(EntryRecord record))) {
            return new Parsed.Refused<>(((Parsed.Refused<EntryRecord>) found).why());
        }
        return Content.read(record).orThrow() instanceof Content.Cancelled(var cancelled, var _)
                ? sighting(alliance, record).map(sighting -> new CancelNotice(sighting, cancelled))
                : Parsed.refused(Fault.NOT_FOUND, "serial " + serial + " cancels nothing");
    }

    /// The change that founded the alliance.
    public Parsed<Bytes> founding(AllianceId alliance) throws IOException {
        return record(alliance, 0).map(EntryRecord::content);
    }

    /// What brings a record after record 0 to an inbox contract.
    public Parsed<EpochNotice> epoch(AllianceId alliance, long epoch)
            throws IOException, InterruptedException {
        Optional<DeskWorker> desk = desks.desk(alliance);
        Optional<Long> from =
                desk.flatMap(DeskWorker::forced).stream()
                        .flatMap(forced -> forced.alliance().epochs().entrySet().stream())
                        .filter(each -> isRecord(each.getValue(), epoch))
                        .map(each -> each.getKey())
                        .findFirst();
        if (desk.isEmpty() || from.isEmpty()) {
            return Parsed.refused(Fault.NOT_FOUND, "there is no epoch record " + epoch);
        }
        Optional<Sealed> sealed =
                desk.get().look(each -> Optional.ofNullable(each.epochSeals().get(from.get())));
        if (sealed.isEmpty()) {
            return Parsed.refused(Fault.NOT_YET, "epoch record " + epoch + " is not sealed yet");
        }
        Parsed<EntryRecord> record = record(alliance, from.get() - 1);
        return record.map(found ->
                new EpochNotice(
                        new Sighting(
                                found.entry(),
                                log(alliance)
                                        .orElseThrow()
                                        .tree(from.get())
                                        .inclusion(found.entry().serial()),
                                sealed.get()),
                        found.content()));
    }

    private static boolean isRecord(EpochRecord record, long epoch) {
        return record.epoch() == epoch && epoch > 0;
    }

    /// What an exchange leaves in the hands of who asked for it.
    ///
    /// @param settlement the serial of the SETTLED entry, when there is one
    public Parsed<Receipt> receipt(AllianceId alliance, long serial, OptionalLong settlement)
            throws IOException, InterruptedException {
        Parsed<EntryRecord> found = record(alliance, serial);
        if (!(found instanceof Parsed.Value<EntryRecord>(EntryRecord record))) {
            return new Parsed.Refused<>(((Parsed.Refused<EntryRecord>) found).why());
        }
        Parsed<Sighting> sighting = sighting(alliance, record);
        Optional<Receipt.Ending> ending = Optional.empty();
        if (settlement.isPresent()) {
            EntryRecord end = record(alliance, settlement.getAsLong()).orThrow();
            Parsed<Sighting> sealed = sighting(alliance, end);
            if (sealed instanceof Parsed.Value<Sighting>(Sighting seen)) {
                ending = Optional.of(new Receipt.Ending(seen, end.content()));
            }
        }
        Optional<Receipt.Ending> last = ending;
        return sighting.map(seen -> new Receipt(seen, record.content(), record.evidence(), last));
    }

    private Parsed<Sighting> sighting(AllianceId alliance, EntryRecord record)
            throws InterruptedException {
        Optional<DeskWorker> desk = desks.desk(alliance);
        Optional<Sealed> sealed = desk.isPresent() ? desk.get().look(Desk::seal) : Optional.empty();
        long serial = record.entry().serial();
        if (sealed.isEmpty() || sealed.get().seal().size() <= serial) {
            return Parsed.refused(Fault.NOT_YET, "serial " + serial + " is not sealed yet");
        }
        return Parsed.of(
                new Sighting(
                        record.entry(),
                        log(alliance)
                                .orElseThrow()
                                .tree(sealed.get().seal().size())
                                .inclusion(serial),
                        sealed.get()));
    }

    private Parsed<EntryRecord> record(AllianceId alliance, long serial) throws IOException {
        Optional<Log> log = log(alliance);
        return log.isPresent() && serial < log.get().size()
                ? Parsed.of(Replay.record(alliance.toString(), log.get(), serial))
                : Parsed.refused(Fault.NOT_FOUND, "there is no serial " + serial);
    }

    private Optional<Log> log(AllianceId alliance) {
        return Optional.ofNullable(logs.alliances().get(alliance));
    }
}
