package org.entente.chain.industrial.register.alert;

import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.Transaction;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataContract;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.Part;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.Optional;
import java.util.TreeMap;

/// What becomes of series that are stored: which batches are missing, and whose device was not
/// believed (docs/chains/industrial-data.md §3).
final class SeriesRule implements Rule {
    private final AccountRule accounts;
    private final DeviceRule devices;
    private final TreeMap<DataId, Followed> series = new TreeMap<>();

    /// @param next the number of the part that is due
    private record Followed(long next, Optional<Identifier> device) {}

    SeriesRule(AccountRule accounts, DeviceRule devices) {
        this.accounts = accounts;
        this.devices = devices;
    }

    @Override
    public boolean on(Transaction transaction, Receipt receipt, Heard heard) {
        if (!(transaction.action() instanceof Action.Call call)
                || !call.contract().equals(DataContract.NAME)
                || !(DataDeed.FORMAT.decode(call.arguments())
                        instanceof Parsed.Value<DataDeed>(DataDeed deed))) {
            return false;
        }
        boolean done = receipt.status() == Receipt.Status.DONE;
        if (done
                && deed instanceof DataDeed.Register register
                && register.description().content() instanceof Content.Batches) {
            series.put(
                    register.id(),
                    new Followed(0, register.description().device().flatMap(devices::device)));
        } else if (deed instanceof DataDeed.Batch batch) {
            Optional<Followed> followed = Optional.ofNullable(series.get(batch.id()));
            if (done) {
                followed.ifPresent(it -> went(it, batch, transaction.account(), heard));
            } else {
                Fault fault = Fault.numbered(receipt.fault()).orElseThrow();
                return followed.isPresent()
                        && refused(followed.get(), batch, fault, transaction.account(), heard);
            }
        }
        return false;
    }

    private void went(Followed followed, DataDeed.Batch deed, VerifyingKey by, Heard heard) {
        series.put(deed.id(), new Followed(deed.number() + deed.part().width(), followed.device));
        switch (deed.part()) {
            case Part.Batch _ ->
                    followed.device.ifPresent(device -> devices.believed(device, heard));
            case Part.Gap gap ->
                    gap(
                            followed,
                            deed,
                            deed.number(),
                            gap.count(),
                            "never come: " + gap.reason(),
                            by,
                            heard);
        }
    }

    private boolean refused(
            Followed followed, DataDeed.Batch deed, Fault fault, VerifyingKey by, Heard heard) {
        if (fault == Fault.SERIES_GAP) {
            gap(
                    followed,
                    deed,
                    followed.next,
                    deed.number() - followed.next,
                    "are missing",
                    by,
                    heard);
            return true;
        }
        return followed.device.isPresent()
                && devices.disbelieved(
                        fault,
                        followed.device.get(),
                        by,
                        "batch %d of %s".formatted(deed.number(), deed.id()),
                        heard);
    }

    private void gap(
            Followed followed,
            DataDeed.Batch deed,
            long from,
            long count,
            String what,
            VerifyingKey by,
            Heard heard) {
        Optional<OrganisationId> organisation =
                followed.device.flatMap(devices::organisation).or(() -> accounts.organisation(by));
        heard.tell(
                AlertType.SERIES_GAP,
                organisation,
                followed.device.map(Identifier::text).orElse(deed.id().text()),
                Optional.of(count),
                "series %s: batches %d to %d %s"
                        .formatted(deed.id(), from, from + count - 1, what));
    }

    @Override
    public void end(Heard heard) {}

    @Override
    public void write(Encoder encoder) {
        encoder.list(
                series.entrySet(),
                (each, it) -> {
                    DataId.write(each, it.getKey());
                    each.u64(it.getValue().next).optional(it.getValue().device, Identifier::write);
                });
    }

    static SeriesRule read(Decoder decoder, AccountRule accounts, DeviceRule devices) {
        SeriesRule rule = new SeriesRule(accounts, devices);
        rule.series.putAll(
                Lookout.map(
                        decoder,
                        "series",
                        DataId::read,
                        each -> new Followed(each.u64(), each.optional(Identifier::read))));
        return rule;
    }
}
