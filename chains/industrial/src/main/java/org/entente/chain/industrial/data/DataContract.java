package org.entente.chain.industrial.data;

import org.entente.certs.Verifier;
import org.entente.chain.contract.Call;
import org.entente.chain.contract.Received;
import org.entente.chain.contract.Receiver;
import org.entente.chain.contract.Store;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.register.Organisations;
import org.entente.chain.industrial.register.Records;
import org.entente.chain.industrial.register.device.Devices;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.Identifiers;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The contract `data`: what stands on the chain of all stored data, whatever its type
/// (docs/chains/industrial-data.md §4).
///
/// @param verifier of what devices sign
public record DataContract(ChainId chain, Verifier verifier) implements Receiver {
    public static final Name NAME = new Name("data");
    private static final Name ERASED = new Name("erased");

    @Override
    public Name name() {
        return NAME;
    }

    /// Whose a device is, and whether it is believed.
    @Override
    public SortedSet<Name> reads() {
        return Sorted.copyOf(
                List.of(Organisations.REGISTER, Identifiers.REGISTER, Devices.REGISTER));
    }

    @Override
    public Parsed<Bytes> call(Call call, Store store) {
        return Deed.told(call, DataDeed.FORMAT, DataDeed.METHODS)
                .then(deed -> new Doing(call, store, new Devices(Records.of(store))).perform(deed));
    }

    @Override
    public Verdict receive(Received received, Instant time, Store store) {
        return new Filing(received, time, store).file();
    }

    /// One call.
    private final class Doing {
        private final Call call;
        private final Store store;
        private final Devices devices;

        private Doing(Call call, Store store, Devices devices) {
            this.call = call;
            this.store = store;
            this.devices = devices;
        }

        private Parsed<Bytes> perform(DataDeed deed) {
            if (Filing.isReserved(deed.id())) {
                return Parsed.refused(
                        Fault.NOT_YOURS, deed.id() + " is kept for what alliances deliver");
            }
            return switch (deed) {
                case DataDeed.Register register -> register(register);
                case DataDeed.Append append -> own(append.id()).then(head -> append(head, append));
                case DataDeed.Batch batch -> own(batch.id()).then(head -> batch(head, batch));
                case DataDeed.Allow allow -> own(allow.id()).then(_ -> allow(allow));
                case DataDeed.Revoke revoke -> own(revoke.id()).then(_ -> revoke(revoke));
                case DataDeed.Erase erase -> own(erase.id()).then(head -> erase(head, erase));
            };
        }

        private Parsed<Bytes> register(DataDeed.Register deed) {
            if (store.get(Places.head(deed.id())).isPresent()) {
                return Parsed.refused(Fault.ALREADY_EXISTS, deed.id() + " is registered");
            }
            boolean isSeries = deed.description().content() instanceof Content.Batches;
            Optional<Digest> certificate =
                    isSeries ? deed.description().device() : Optional.empty();
            return certificate.isEmpty()
                    ? register(deed, Optional.empty())
                    : device(certificate.get()).then(it -> register(deed, Optional.of(it)));
        }

        /// Whose series it is to be: of a device of the caller's organisation.
        private Parsed<Identifier> device(Digest certificate) {
            return devices.certificate(certificate)
                    .map(found ->
                            new Identifiers(devices.records())
                                    .owned(found.device(), call.caller())
                                    .map(_ -> found.device()))
                    .orElseGet(() ->
                            Parsed.refused(
                                    Fault.UNTRUSTED_ISSUER,
                                    "no certificate " + certificate + " is registered"));
        }

        private Parsed<Bytes> register(DataDeed.Register deed, Optional<Identifier> device) {
            DataHead head =
                    new DataHead(
                            call.caller(),
                            deed.description().type(),
                            1,
                            standing(deed.description().content()),
                            Optional.empty());
            if (deed.description().content() instanceof Content.Batches) {
                put(deed.id(), SeriesHead.begun(device));
            }
            put(deed.id(), head);
            return put(
                    new DataRecord(
                            deed.id(),
                            call.caller(),
                            1,
                            Optional.empty(),
                            call.time(),
                            deed.description()));
        }

        private static DataHead.Standing standing(Content content) {
            return content instanceof Content.Inline
                    ? DataHead.Standing.INLINE
                    : DataHead.Standing.APART;
        }

        /// What the caller owns and is not erased.
        private Parsed<DataHead> own(DataId id) {
            Optional<Bytes> found = store.get(Places.head(id));
            if (found.isEmpty()) {
                return Parsed.refused(Fault.NOT_FOUND, "nothing is registered as " + id);
            }
            DataHead head = DataHead.FORMAT.decode(found.get()).orThrow();
            if (!head.owner().equals(call.caller())) {
                return Parsed.refused(Fault.NOT_YOURS, id + " is another account's");
            }
            return head.isErased()
                    ? Parsed.refused(Fault.DATA_ERASED, id + " was erased")
                    : Parsed.of(head);
        }

        private Parsed<Bytes> append(DataHead head, DataDeed.Append deed) {
            DataId id = deed.id();
            if (deed.version() != head.versions() + 1) {
                return Parsed.refused(
                        Fault.OUTDATED,
                        "version %d where %d is next"
                                .formatted(deed.version(), head.versions() + 1));
            }
            boolean fits =
                    head.type() == deed.description().type()
                            && head.type() != DataType.SERIES
                            && head.standing() == standing(deed.description().content());
            if (!fits) {
                return Parsed.refused(
                        Fault.INVALID_VALUE,
                        "%s is %s, %s: no version of it is another way"
                                .formatted(id, head.type(), head.standing()));
            }
            Bytes before = store.get(Places.version(id, head.versions())).orElse(Bytes.EMPTY);
            put(id, head.more());
            return put(
                    new DataRecord(
                            id,
                            call.caller(),
                            deed.version(),
                            Optional.of(Digest.of(before)),
                            call.time(),
                            deed.description()));
        }

        private Parsed<Bytes> batch(DataHead head, DataDeed.Batch deed) {
            Optional<Bytes> found = store.get(Places.series(deed.id()));
            if (found.isEmpty()) {
                return Parsed.refused(Fault.INVALID_VALUE, deed.id() + " is no series");
            }
            SeriesHead series = SeriesHead.FORMAT.decode(found.get()).orThrow();
            Verdict verdict =
                    believed(series, deed)
                            .and(() -> due(series, deed))
                            .and(() -> follows(series, deed.part()));
            if (verdict instanceof Verdict.Rejected why) {
                return new Parsed.Refused<>(why);
            }
            put(deed.id(), series.with(deed.part()));
            if (deed.part() instanceof Part.Batch batch
                    && batch.readings() instanceof Content.Inline) {
                put(deed.id(), head.inline());
            }
            store.put(Places.part(deed.id(), deed.number()), Part.FORMAT.encode(deed.part()));
            if (deed.part() instanceof Part.Batch batch) {
                index(deed.id(), batch.readings(), deed.number());
            }
            return Parsed.of(Bytes.EMPTY);
        }

        /// What belongs to a device is the device's own word, which is believed at the block's time
        /// or not; that batches never come is the owner's to say.
        private Verdict believed(SeriesHead series, DataDeed.Batch deed) {
            if (!(deed.part() instanceof Part.Batch batch)) {
                return Verdict.accepted();
            }
            if (series.device().isEmpty()) {
                return batch.word().isEmpty()
                        ? Verdict.accepted()
                        : Verdict.rejected(Fault.INVALID_VALUE, deed.id() + " is no device's");
            }
            Identifier device = series.device().get();
            if (batch.word().isEmpty()) {
                return Verdict.rejected(Fault.UNSIGNED, "%s is of %s".formatted(deed.id(), device));
            }
            DeviceWord word = batch.word().get();
            store.spend(Deed.VERIFY_STEPS);
            return devices.believes(
                    device,
                    word.certificate(),
                    new DeviceWord.Said(
                                    chain,
                                    deed.id(),
                                    word.certificate(),
                                    deed.number(),
                                    batch.summary())
                            .digest(),
                    word.signature(),
                    call.time(),
                    verifier);
        }

        /// Whatever is lost on its way is missed here: no number is passed over in silence.
        private static Verdict due(SeriesHead series, DataDeed.Batch deed) {
            if (deed.number() == series.next()) {
                return Verdict.accepted();
            }
            return deed.number() < series.next()
                    ? Verdict.rejected(
                            Fault.OUTDATED,
                            "part %d is registered, %d is next"
                                    .formatted(deed.number(), series.next()))
                    : Verdict.rejected(
                            Fault.SERIES_GAP,
                            "part %d where %d is next: %d are missing"
                                    .formatted(
                                            deed.number(),
                                            series.next(),
                                            deed.number() - series.next()));
        }

        private static Verdict follows(SeriesHead series, Part part) {
            if (!(part instanceof Part.Batch batch)) {
                return Verdict.accepted();
            }
            boolean behind = series.to().isEmpty() || batch.summary().from() > series.to().get();
            if (behind != (batch.timing() == Part.Timing.IN_TURN)) {
                return Verdict.rejected(
                        Fault.INVALID_VALUE,
                        "readings from %d on, the series has some to %s: that is%s late"
                                .formatted(
                                        batch.summary().from(),
                                        series.to().map(String::valueOf).orElse("none"),
                                        behind ? " not" : ""));
            }
            return batch.readings() instanceof Content.Inline(Bytes bytes)
                    ? sums(bytes, batch.summary())
                    : Verdict.accepted();
        }

        /// Of readings that stand here everybody can see that the summary is theirs.
        private static Verdict sums(Bytes readings, Summary summary) {
            return Readings.decode(readings)
                    .then(Readings::summary)
                    .then(found ->
                            found.equals(summary)
                                    ? Parsed.of(found)
                                    : Parsed.refused(
                                            Fault.INVALID_VALUE,
                                            "the readings come to " + found + ", not " + summary))
                    .verdict();
        }

        private Parsed<Bytes> allow(DataDeed.Allow deed) {
            if (!deed.until().isAfter(call.time())) {
                return Parsed.refused(
                        Fault.REQUEST_EXPIRED,
                        "until " + deed.until() + ", the block is of " + call.time());
            }
            store.put(
                    Places.grant(deed.id(), deed.account(), deed.purpose()),
                    Grant.FORMAT.encode(new Grant(call.time(), deed.until())));
            return Parsed.of(Bytes.EMPTY);
        }

        private Parsed<Bytes> revoke(DataDeed.Revoke deed) {
            Bytes place = Places.grant(deed.id(), deed.account(), deed.purpose());
            if (store.get(place).isEmpty()) {
                return Parsed.refused(Fault.NOT_FOUND, "nothing is granted to it for that");
            }
            store.delete(place);
            return Parsed.of(Bytes.EMPTY);
        }

        private Parsed<Bytes> erase(DataHead head, DataDeed.Erase deed) {
            if (head.standing() == DataHead.Standing.INLINE) {
                return Parsed.refused(
                        Fault.INVALID_VALUE,
                        "some of " + deed.id() + " stands in blocks, where nothing is erased");
            }
            put(
                    deed.id(),
                    head.erased(new DataHead.Erasure(deed.reason(), call.caller(), call.time())));
            store.emit(ERASED, Bytes.utf8(deed.id().text()));
            return Parsed.of(Bytes.EMPTY);
        }

        private void index(DataId id, Content content, long number) {
            if (content instanceof Content.Stored stored) {
                store.put(Places.object(id, stored.root()), Places.number(number));
            }
        }

        private void put(DataId id, DataHead head) {
            store.put(Places.head(id), DataHead.FORMAT.encode(head));
        }

        private void put(DataId id, SeriesHead head) {
            store.put(Places.series(id), SeriesHead.FORMAT.encode(head));
        }

        /// @return the digest of the record
        private Parsed<Bytes> put(DataRecord data) {
            Bytes bytes = DataRecord.FORMAT.encode(data);
            store.put(Places.version(data.id(), data.version()), bytes);
            index(data.id(), data.description().content(), data.version());
            return Parsed.of(Digest.of(bytes).bytes());
        }
    }
}
