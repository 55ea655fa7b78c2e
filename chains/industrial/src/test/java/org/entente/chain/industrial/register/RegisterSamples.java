package org.entente.chain.industrial.register;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.CertificateKind;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertDeed;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.register.alert.Filter;
import org.entente.chain.industrial.register.alert.Subscription;
import org.entente.chain.industrial.register.device.Device;
import org.entente.chain.industrial.register.device.DeviceCertificate;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.DeviceSeries;
import org.entente.chain.industrial.register.device.Missing;
import org.entente.chain.industrial.register.device.Profile;
import org.entente.chain.industrial.register.device.Report;
import org.entente.chain.industrial.register.device.Reported;
import org.entente.chain.industrial.register.identifier.Description;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.IdentifierRecord;
import org.entente.chain.industrial.register.identifier.Level;
import org.entente.chain.industrial.register.identifier.PrefixRecord;
import org.entente.chain.industrial.register.identifier.Resolve;
import org.entente.chain.industrial.register.order.Order;
import org.entente.chain.industrial.register.order.OrderAudit;
import org.entente.chain.industrial.register.order.OrderDeed;
import org.entente.chain.industrial.register.order.OrderState;
import org.entente.chain.industrial.register.order.OrderStep;
import org.entente.light.fixture.Sample;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One object of each format, always the same.
final class RegisterSamples {
    /// The base point of P-256, so that no private key is needed.
    private static final VerifyingKey KEY =
            new VerifyingKey(
                    Bytes.fromHex(
                            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));

    private static final Instant TIME = Instant.ofEpochMilli(1_780_000_000_123L);
    private static final Identifier DEVICE = NamesTest.PRESS;
    private static final OrganisationId PRESS = new OrganisationId("press.example");
    private static final OrganisationId MILL = new OrganisationId("mill.example");
    private static final OrganisationId AUDIT = new OrganisationId("audit.example");
    private static final Digest SOME = Digest.of(Bytes.utf8("some"));

    private final List<Certificate> certificates;
    private final Signature signature;
    private final List<Sample<?>> all = new ArrayList<>();

    /// @param file certificates, one in a line
    RegisterSamples(Path file) throws IOException {
        certificates =
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("certificate "))
                        .map(line -> Bytes.fromHex(line.substring("certificate ".length())))
                        .map(der -> Certificate.parse(der).orThrow())
                        .toList();
        signature = certificates.getFirst().signature();
        organisations();
        identifiers();
        devices();
        orders();
        alerts();
    }

    List<Sample<?>> all() {
        return all;
    }

    private <T> void add(String name, Format<T> format, T value) {
        all.add(new Sample<>(name, format, value));
    }

    private Certificate of(CertificateKind kind) {
        return certificates.stream().filter(it -> it.kind() == kind).findFirst().orElseThrow();
    }

    private void organisations() {
        Certificate root = of(CertificateKind.ROOT);
        Organisation organisation =
                new Organisation(
                        root.organisation(),
                        Organisation.Role.AUDITOR,
                        Sorted.copyOf(List.of(KEY)),
                        List.of(
                                new Authorities(
                                        root.organisation(),
                                        root,
                                        of(CertificateKind.ENROLMENT_CA),
                                        of(CertificateKind.TRANSACTION_CA))));
        add("organisation", Organisation.FORMAT, organisation);
        deed(new OrganisationDeed.Enrol(organisation));
        deed(new OrganisationDeed.Change(organisation));
        deed(new OrganisationDeed.Strike(PRESS));
    }

    private void deed(OrganisationDeed deed) {
        add("organisation-deed-" + deed.method(), OrganisationDeed.FORMAT, deed);
    }

    private void identifiers() {
        Description description = NamesTest.described(Level.GRANTED, AUDIT, MILL);
        add("prefix", PrefixRecord.FORMAT, new PrefixRecord(PRESS, "https://press.example", TIME));
        add(
                "identifier",
                IdentifierRecord.FORMAT,
                new IdentifierRecord(
                        PRESS,
                        IdentifierRecord.Status.ACTIVE,
                        3,
                        Optional.of(MILL),
                        TIME,
                        description));
        add(
                "signed-resolve",
                Resolve.FORMAT,
                new Resolve(Town.CHAIN, DEVICE, KEY, TIME, signature));
        deed(new IdentifierDeed.Allocate(NamesTest.PREFIX, PRESS, ""));
        deed(new IdentifierDeed.Register(DEVICE, description));
        deed(new IdentifierDeed.Describe(DEVICE, 2, description));
        deed(new IdentifierDeed.Offer(DEVICE, MILL));
        deed(new IdentifierDeed.Accept(DEVICE, 3));
        deed(new IdentifierDeed.Keep(DEVICE));
        deed(new IdentifierDeed.Retire(DEVICE));
    }

    private void deed(IdentifierDeed deed) {
        add("identifier-deed-" + deed.method(), IdentifierDeed.FORMAT, deed);
    }

    private void devices() {
        Profile profile = DevicesTest.profile(Optional.of(Duration.ofMinutes(5)));
        Report report = new Report(Town.CHAIN, DEVICE, SOME, "pressure", 7, TIME, TIME, 64, SOME);
        add(
                "device",
                Device.FORMAT,
                new Device(profile, Device.State.ACTIVE, 3, TIME, List.of(SOME)));
        add(
                "device-certificate",
                DeviceCertificate.FORMAT,
                new DeviceCertificate(
                        DEVICE, PRESS, KEY, TIME, TIME.plusSeconds(9), Optional.of(TIME)));
        add("report", Report.FORMAT, report);
        add("reported", Reported.FORMAT, new Reported(report.digest(), SOME, SOME, TIME));
        add("device-series", DeviceSeries.FORMAT, new DeviceSeries(8, 2, TIME));
        add("missing", Missing.FORMAT, new Missing(DEVICE, "pressure", 5, 2));
        deed(new DeviceDeed.Apply(DEVICE, profile));
        deed(new DeviceDeed.Describe(DEVICE, 2, DevicesTest.profile(Optional.empty())));
        deed(new DeviceDeed.Certify(DEVICE, of(CertificateKind.IDENTITY).der()));
        deed(new DeviceDeed.Activate(DEVICE));
        deed(new DeviceDeed.Suspend(DEVICE, "it is being repaired"));
        deed(new DeviceDeed.Revoke(DEVICE, "it was sold"));
        deed(new DeviceDeed.Withdraw(DEVICE, SOME, "rotated"));
        deed(new DeviceDeed.Tell(report, signature));
    }

    private void deed(DeviceDeed deed) {
        add("device-deed-" + deed.method(), DeviceDeed.FORMAT, deed);
    }

    private void orders() {
        add("order", Order.FORMAT, new Order(MILL, PRESS, AUDIT, SOME, OrderState.DISPUTED, 3, 1));
        add(
                "order-step",
                OrderStep.FORMAT,
                new OrderStep(
                        OrderState.DELIVERED, PRESS, KEY, TIME, Optional.of(SOME), "40 gears"));
        add("order-audit", OrderAudit.FORMAT, new OrderAudit(AUDIT, KEY, TIME, "yearly audit"));
        deed(new OrderDeed.Create(PRESS, AUDIT, SOME, "40 gears"));
        for (OrderState state : OrderState.values()) {
            if (state != OrderState.CREATED) {
                deed(new OrderDeed.Proceed(SOME, state, Optional.of(SOME), "as agreed"));
            }
        }
        deed(new OrderDeed.Audit(SOME, "yearly audit"));
    }

    private void deed(OrderDeed deed) {
        add("order-deed-" + deed.method(), OrderDeed.FORMAT, deed);
    }

    private void alerts() {
        Filter filter =
                new Filter(
                        Sorted.copyOf(List.of(AlertType.REPUTATION_LOW, AlertType.SERIES_GAP)),
                        Optional.of(PRESS),
                        DEVICE.text(),
                        Optional.of(200L));
        add(
                "alert",
                Alert.FORMAT,
                new Alert(
                        AlertType.SERIES_GAP,
                        new Alert.Place(7, 2, 1),
                        TIME,
                        Optional.of(PRESS),
                        DEVICE.text(),
                        Optional.of(2L),
                        "series pressure: batches 5 to 6 are missing"));
        add("subscription", Subscription.FORMAT, new Subscription(KEY, filter, 9, TIME));
        deed(new AlertDeed.Subscribe(filter, 9));
        deed(new AlertDeed.Unsubscribe(SOME));
    }

    private void deed(AlertDeed deed) {
        add("alert-deed-" + deed.method(), AlertDeed.FORMAT, deed);
    }
}
