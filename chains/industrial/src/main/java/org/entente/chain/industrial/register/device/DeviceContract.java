package org.entente.chain.industrial.register.device;

import org.entente.certs.Certificate;
import org.entente.certs.Judge;
import org.entente.certs.Moment;
import org.entente.certs.Revocations;
import org.entente.certs.Verifier;
import org.entente.chain.contract.Call;
import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Store;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.register.Organisation;
import org.entente.chain.industrial.register.Organisations;
import org.entente.chain.industrial.register.Records;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.IdentifierRecord;
import org.entente.chain.industrial.register.identifier.Identifiers;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// The register of devices (docs/chains/industrial-registers.md §4).
public record DeviceContract(ChainId chain, Verifier verifier) implements Contract {
    @Override
    public Name name() {
        return Devices.REGISTER;
    }

    @Override
    public SortedSet<Name> reads() {
        return Sorted.copyOf(List.of(Organisations.REGISTER, Identifiers.REGISTER));
    }

    @Override
    public Parsed<Bytes> call(Call call, Store store) {
        return Deed.told(call, DeviceDeed.FORMAT, DeviceDeed.METHODS)
                .then(deed -> new Act(call, store).perform(deed));
    }

    /// One deed of one account.
    private final class Act {
        private final Call call;
        private final Instant now;
        private final Store store;
        private final Records records;
        private final Devices devices;

        private Act(Call call, Store store) {
            this.call = call;
            this.now = call.time();
            this.store = store;
            this.records = Records.of(store);
            this.devices = new Devices(records);
        }

        /// The identifier comes first: without it nobody knows whose device it is.
        private Parsed<Bytes> perform(DeviceDeed deed) {
            return new Identifiers(records)
                    .owned(deed.device(), call.caller())
                    .then(named ->
                            deed instanceof DeviceDeed.Apply(Identifier device, Profile profile)
                                    ? apply(device, profile)
                                    : devices.known(deed.device())
                                            .then(device -> perform(deed, device, named)));
        }

        private Parsed<Bytes> apply(Identifier device, Profile profile) {
            if (devices.find(device).isPresent()) {
                return Parsed.refused(Fault.ALREADY_EXISTS, device + " was applied for");
            }
            return now.isBefore(profile.to())
                    ? Parsed.of(write(device, Device.applied(profile, now)))
                    : Parsed.refused(
                            Fault.INVALID_VALUE,
                            "its time ends " + profile.to() + ", it is " + now);
        }

        private Parsed<Bytes> perform(DeviceDeed deed, Device before, IdentifierRecord named) {
            Identifier device = deed.device();
            return switch (deed) {
                case DeviceDeed.Apply _ ->
                        throw new IllegalStateException("nothing is applied for twice");
                case DeviceDeed.Describe(_, int version, Profile profile) ->
                        Deed.done(
                                stands(before).and(() -> is(version, before.version() + 1)),
                                () -> write(device, before.described(profile, now)));
                case DeviceDeed.Certify(_, Bytes der) ->
                        stands(before) instanceof Verdict.Rejected why
                                ? new Parsed.Refused<>(why)
                                : certify(device, before, named.owner(), der);
                case DeviceDeed.Activate _ ->
                        Deed.done(
                                mayActivate(before),
                                () -> write(device, before.in(Device.State.ACTIVE, now)));
                case DeviceDeed.Suspend _ ->
                        Deed.done(
                                in(before, Device.State.ACTIVE),
                                () -> write(device, before.in(Device.State.SUSPENDED, now)));
                case DeviceDeed.Revoke _ ->
                        Deed.done(
                                stands(before),
                                () -> write(device, before.in(Device.State.REVOKED, now)));
                case DeviceDeed.Withdraw(_, Digest certificate, _) ->
                        withdraw(device, before, certificate);
                case DeviceDeed.Tell(Report report, Signature signature) ->
                        report(report, signature);
            };
        }

        private static Verdict stands(Device device) {
            return device.state() == Device.State.REVOKED
                    ? Verdict.rejected(Fault.WRONG_STATE, "it is REVOKED, for ever")
                    : Verdict.accepted();
        }

        private static Verdict in(Device device, Device.State state) {
            return device.state() == state
                    ? Verdict.accepted()
                    : Verdict.rejected(Fault.WRONG_STATE, "it is " + device.state());
        }

        private static Verdict is(int version, int due) {
            return version == due
                    ? Verdict.accepted()
                    : Verdict.rejected(
                            Fault.STALE_READ, "version " + version + " where " + due + " is due");
        }

        private static Verdict mayActivate(Device device) {
            boolean waits =
                    device.state() == Device.State.APPLIED
                            || device.state() == Device.State.SUSPENDED;
            if (!waits) {
                return Verdict.rejected(Fault.WRONG_STATE, "it is " + device.state());
            }
            return device.certificates().isEmpty()
                    ? Verdict.rejected(Fault.WRONG_STATE, "it has no certificate that holds")
                    : Verdict.accepted();
        }

        /// Its organisation's CA is judged now; from here on the register's own word counts.
        private Parsed<Bytes> certify(
                Identifier device, Device before, OrganisationId owner, Bytes der) {
            if (before.certificates().size() == Device.CERTIFICATE_COUNT_MAX) {
                return Parsed.refused(
                        Fault.QUOTA_SPENT,
                        "it has " + Device.CERTIFICATE_COUNT_MAX + " certificates; withdraw one");
            }
            Optional<Organisation> organisation = new Organisations(records).named(owner);
            if (organisation.isEmpty()) {
                return Parsed.refused(Fault.UNKNOWN_ORGANISATION, owner);
            }
            store.spend(Deed.VERIFY_STEPS);
            return Certificate.parse(der)
                    .then(certificate ->
                            Deed.done(
                                    isOf(certificate, device, organisation.get()),
                                    () -> {
                                        put(
                                                certificate.digest(),
                                                DeviceCertificate.of(device, certificate));
                                        write(device, before.with(certificate.digest(), now));
                                    }));
        }

        private Verdict isOf(
                Certificate certificate, Identifier device, Organisation organisation) {
            if (devices.certificate(certificate.digest()).isPresent()) {
                return Verdict.rejected(
                        Fault.ALREADY_EXISTS, certificate.digest() + " is registered, or was");
            }
            Verdict judged =
                    new Judge(verifier)
                            .identity(
                                    certificate,
                                    organisation.authorities(),
                                    Revocations.NONE,
                                    Moment.now(now));
            var due = Devices.node(organisation.id(), device);
            return judged.and(() ->
                    certificate.node().equals(Optional.of(due))
                            ? Verdict.accepted()
                            : Verdict.rejected(Fault.UNBOUND, device + " is certified as " + due));
        }

        private Parsed<Bytes> withdraw(Identifier device, Device before, Digest digest) {
            if (!before.certificates().contains(digest)) {
                return Parsed.refused(
                        Fault.NOT_FOUND, device + " has no certificate " + digest + " that holds");
            }
            put(digest, devices.certificate(digest).orElseThrow().withdrawn(now));
            return Parsed.of(write(device, before.without(digest, now)));
        }

        private Parsed<Bytes> report(Report report, Signature signature) {
            if (!report.chain().equals(chain)) {
                return Parsed.refused(
                        Fault.WRONG_CHAIN, "a report for " + report.chain() + " at " + chain);
            }
            store.spend(Deed.VERIFY_STEPS);
            Verdict believed =
                    devices.believes(
                            report.device(),
                            report.certificate(),
                            report.digest(),
                            signature,
                            now,
                            verifier);
            return Deed.done(believed.and(() -> isFirst(report)), () -> take(report));
        }

        private Verdict isFirst(Report report) {
            return devices.reported(report.device(), report.series(), report.number()).isEmpty()
                    ? Verdict.accepted()
                    : Verdict.rejected(
                            Fault.ALREADY_EXISTS,
                            "batch " + report.number() + " of " + report.series() + " was said");
        }

        /// One that is ahead is taken, and what it leaves out is told: a device's word does not
        /// hang on one that whoever carries them lost. One that comes late is taken too.
        private void take(Report report) {
            Identifier device = report.device();
            DeviceSeries before =
                    devices.series(device, report.series()).orElse(new DeviceSeries(0, 0, now));
            boolean late = report.number() < before.next();
            DeviceSeries after = late ? before.filled(now) : before.passed(report.number(), now);
            store.put(Devices.place(device, report.series()), DeviceSeries.FORMAT.encode(after));
            store.put(
                    Devices.place(device, report.series(), report.number()),
                    Reported.FORMAT.encode(Reported.of(report, now)));
            long left = report.number() - before.next();
            if (left > 0) {
                store.emit(
                        Missing.TOPIC,
                        Missing.FORMAT.encode(
                                new Missing(device, report.series(), before.next(), left)));
            }
        }

        private void put(Digest digest, DeviceCertificate certificate) {
            store.put(Devices.place(digest), DeviceCertificate.FORMAT.encode(certificate));
        }

        private Bytes write(Identifier device, Device next) {
            store.put(Devices.place(device), Device.FORMAT.encode(next));
            return Bytes.EMPTY;
        }
    }
}
