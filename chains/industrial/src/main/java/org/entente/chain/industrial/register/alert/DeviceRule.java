package org.entente.chain.industrial.register.alert;

import org.entente.certs.Certificate;
import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.Transaction;
import org.entente.chain.contract.Answer;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.Devices;
import org.entente.chain.industrial.register.device.Missing;
import org.entente.chain.industrial.register.device.Profile;
import org.entente.chain.industrial.register.device.Report;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.Identifiers;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What becomes of devices: which is not believed, which is silent, whose certificate ends, and
/// what their reports leave out.
final class DeviceRule implements Rule {
    /// Refusals of what a device said that say something about it, not about who carries it.
    private static final List<Fault> DISBELIEF =
            List.of(
                    Fault.DEVICE_INACTIVE,
                    Fault.UNTRUSTED_ISSUER,
                    Fault.UNBOUND,
                    Fault.CERTIFICATE_REVOKED,
                    Fault.CERTIFICATE_NOT_YET_VALID,
                    Fault.CERTIFICATE_EXPIRED,
                    Fault.FOREIGN_TRUST_DOMAIN,
                    Fault.BAD_SIGNATURE);

    private final AccountRule accounts;
    private final Alarm alarm;

    /// The devices of all certificates that were ever registered.
    private final TreeMap<Digest, Identifier> certified = new TreeMap<>();

    DeviceRule(AccountRule accounts, Alarm alarm) {
        this.accounts = accounts;
        this.alarm = alarm;
    }

    Optional<Identifier> device(Digest certificate) {
        return Optional.ofNullable(certified.get(certificate));
    }

    Optional<OrganisationId> organisation(Identifier device) {
        return alarm.find(device).flatMap(Alarm.Watched::organisation);
    }

    /// That a device was believed.
    void believed(Identifier device, Heard heard) {
        alarm.heard(device, heard.time());
    }

    /// That a device was not, where the fault means that.
    ///
    /// @return whether it does
    boolean disbelieved(
            Fault fault, Identifier device, VerifyingKey by, String batch, Heard heard) {
        if (!DISBELIEF.contains(fault)) {
            return false;
        }
        heard.tell(
                AlertType.DEVICE_REFUSED,
                organisation(device).or(() -> accounts.organisation(by)),
                device.text(),
                Optional.empty(),
                fault + ": " + batch);
        return true;
    }

    @Override
    public boolean on(Transaction transaction, Receipt receipt, Heard heard) {
        if (!(transaction.action() instanceof Action.Call call)) {
            return false;
        }
        boolean done = receipt.status() == Receipt.Status.DONE;
        if (done && call.contract().equals(Identifiers.REGISTER)) {
            identified(
                    IdentifierDeed.FORMAT.decode(call.arguments()).orThrow(),
                    transaction.account());
        } else if (done && call.contract().equals(Devices.REGISTER)) {
            did(DeviceDeed.FORMAT.decode(call.arguments()).orThrow(), transaction.account(), heard);
            missing(receipt, heard);
        } else if (call.contract().equals(Devices.REGISTER)) {
            return refused(call, transaction.account(), receipt, heard);
        }
        return false;
    }

    private void identified(IdentifierDeed deed, VerifyingKey by) {
        if (deed instanceof IdentifierDeed.Accept(Identifier identifier, _)) {
            alarm.find(identifier)
                    .ifPresent(it -> alarm.known(identifier, it.of(accounts.organisation(by))));
        }
    }

    private void did(DeviceDeed deed, VerifyingKey by, Heard heard) {
        Identifier device = deed.device();
        switch (deed) {
            case DeviceDeed.Apply(_, Profile profile) ->
                    alarm.known(
                            device,
                            watched(accounts.organisation(by), profile, Alarm.Voice.NOT_AWAITED));
            case DeviceDeed.Describe(_, _, Profile profile) ->
                    alarm.find(device)
                            .ifPresent(before -> described(device, before, profile, heard));
            case DeviceDeed.Certify(_, Bytes der) -> {
                Certificate certificate = Certificate.parse(der).orThrow();
                certified.put(certificate.digest(), device);
                alarm.certified(device, certificate.digest(), certificate.notAfter());
            }
            case DeviceDeed.Activate _ -> alarm.awaited(device, heard.time());
            case DeviceDeed.Suspend _, DeviceDeed.Revoke _ -> alarm.ignored(device);
            case DeviceDeed.Withdraw(_, Digest certificate, _) -> alarm.withdrawn(certificate);
            case DeviceDeed.Tell _ -> believed(device, heard);
        }
    }

    private static Alarm.Watched watched(
            Optional<OrganisationId> organisation, Profile profile, Alarm.Voice voice) {
        return new Alarm.Watched(
                organisation, profile.silenceMax(), profile.from(), profile.to(), voice);
    }

    private void described(Identifier device, Alarm.Watched before, Profile profile, Heard heard) {
        alarm.known(device, watched(before.organisation(), profile, Alarm.Voice.NOT_AWAITED));
        if (before.voice() != Alarm.Voice.NOT_AWAITED) {
            alarm.awaited(device, heard.time());
        }
    }

    private void missing(Receipt receipt, Heard heard) {
        Answer.FORMAT.decode(receipt.result()).orThrow().events().stream()
                .filter(event -> event.topic().equals(Missing.TOPIC))
                .map(event -> Missing.FORMAT.decode(event.data()).orThrow())
                .forEach(missing ->
                        heard.tell(
                                AlertType.SERIES_GAP,
                                organisation(missing.device()),
                                missing.device().text(),
                                Optional.of(missing.count()),
                                "series %s: batches %d to %d are missing"
                                        .formatted(
                                                missing.series(),
                                                missing.from(),
                                                missing.from() + missing.count() - 1)));
    }

    private boolean refused(Action.Call call, VerifyingKey by, Receipt receipt, Heard heard) {
        return DeviceDeed.FORMAT.decode(call.arguments())
                        instanceof Parsed.Value<DeviceDeed>(DeviceDeed.Tell(Report report, var _))
                && disbelieved(
                        Fault.numbered(receipt.fault()).orElseThrow(),
                        report.device(),
                        by,
                        "batch %d of %s".formatted(report.number(), report.series()),
                        heard);
    }

    @Override
    public void end(Heard heard) {
        alarm.ring(heard.time()).forEach(rung -> rung(rung, heard));
    }

    private static void rung(Alarm.Rung rung, Heard heard) {
        switch (rung) {
            case Alarm.Rung.Silent(var device, var organisation, Instant since) ->
                    heard.tell(
                            AlertType.DEVICE_SILENT,
                            organisation,
                            device.text(),
                            Optional.of(Duration.between(since, heard.time()).toSeconds()),
                            "not heard since " + since);
            case Alarm.Rung.Ending(var device, var organisation, Digest certificate, var end) ->
                    heard.tell(
                            AlertType.CERTIFICATE_EXPIRING,
                            organisation,
                            device.text(),
                            Optional.of(Math.max(0, Duration.between(heard.time(), end).toDays())),
                            "certificate " + certificate + " ends " + end);
        }
    }

    @Override
    public void write(Encoder encoder) {
        alarm.write(encoder);
        encoder.list(
                certified.entrySet(),
                (each, it) -> Identifier.write(each.digest(it.getKey()), it.getValue()));
    }

    static DeviceRule read(Decoder decoder, AccountRule accounts) {
        DeviceRule rule = new DeviceRule(accounts, Alarm.read(decoder));
        rule.certified.putAll(
                Lookout.map(decoder, "certificates", Decoder::digest, Identifier::read));
        return rule;
    }
}
