package org.entente.chain.industrial.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Certificate;
import org.entente.certs.Signer;
import org.entente.chain.industrial.contract.Deed;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.register.device.Device;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.DeviceSeries;
import org.entente.chain.industrial.register.device.Devices;
import org.entente.chain.industrial.register.device.Profile;
import org.entente.chain.industrial.register.device.Report;
import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.chain.industrial.register.identifier.IdentifierDeed;
import org.entente.chain.industrial.register.identifier.Level;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which devices are believed, and what becomes of what the others say.
final class DevicesTest {
    private static final Identifier PRESS = NamesTest.PRESS;
    private static final Identifier OTHER = new Identifier("88.118.2023/other");
    private static final Instant END = Town.BEGIN.plus(Duration.ofDays(100));
    private final Town town = Town.peopled();
    private final Signer org = town.press.account();
    private final Signer key = Firm.signer();
    private final Certificate certificate = town.press.certify(PRESS, key, Town.BEGIN);

    static Profile profile(Optional<Duration> silenceMax) {
        return new Profile("Hydraulic Presses", "CH-21091301", "Jack", Town.BEGIN, END, silenceMax);
    }

    @BeforeEach
    void register() {
        NamesTest.registered(town);
        town.done(org, new DeviceDeed.Apply(PRESS, profile(Optional.empty())));
    }

    private void active() {
        town.done(org, new DeviceDeed.Certify(PRESS, certificate.der()));
        town.done(org, new DeviceDeed.Activate(PRESS));
        town.alerts();
    }

    private Report report(long number) {
        return report(PRESS, certificate, number);
    }

    private static Report report(Identifier device, Certificate by, long number) {
        return new Report(
                Town.CHAIN,
                device,
                by.digest(),
                "pressure",
                number,
                Town.BEGIN,
                Town.BEGIN.plusSeconds(9),
                64,
                Digest.ZERO);
    }

    private Device device() {
        return new Devices(town.records()).find(PRESS).orElseThrow();
    }

    private void refused(Fault fault, Signer by, Deed deed) {
        assertThat(town.refused(by, deed)).as(deed.toString()).contains(fault);
    }

    /// That a report is refused, and that everybody hears of it.
    private void disbelieved(Fault fault, Report report, Signer signer) {
        town.alerts();
        refused(fault, org, report.by(signer));
        assertThat(town.alerts())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.DEVICE_REFUSED);
                    assertThat(alert.organisation()).contains(town.press.id());
                    assertThat(alert.subject()).isEqualTo(report.device().text());
                    assertThat(alert.detail()).startsWith(fault.name());
                });
    }

    @Test
    void only_an_active_device_is_believed() {
        town.done(org, new DeviceDeed.Certify(PRESS, certificate.der()));
        disbelieved(Fault.DEVICE_INACTIVE, report(0), key);
        town.done(org, new DeviceDeed.Activate(PRESS));
        town.done(org, report(0).by(key));
        town.done(org, new DeviceDeed.Suspend(PRESS, "it is being repaired"));
        disbelieved(Fault.DEVICE_INACTIVE, report(1), key);
        town.done(org, new DeviceDeed.Activate(PRESS));
        town.done(org, report(1).by(key));
        town.done(org, new DeviceDeed.Revoke(PRESS, "it was sold"));
        disbelieved(Fault.DEVICE_INACTIVE, report(2), key);
        refused(Fault.WRONG_STATE, org, new DeviceDeed.Activate(PRESS));
        refused(Fault.WRONG_STATE, org, new DeviceDeed.Revoke(PRESS, "again"));
        refused(Fault.WRONG_STATE, org, new DeviceDeed.Certify(PRESS, certificate.der()));
        assertThat(device().standing(END)).isEqualTo(Device.Standing.REVOKED);
    }

    @Test
    void a_device_is_believed_within_its_time_alone() {
        town.done(org, new DeviceDeed.Certify(PRESS, certificate.der()));
        Profile later =
                new Profile(
                        "press",
                        "CH",
                        "",
                        Town.BEGIN.plusSeconds(60),
                        Town.BEGIN.plusSeconds(120),
                        Optional.empty());
        refused(Fault.STALE_READ, org, new DeviceDeed.Describe(PRESS, 2, later));
        town.done(org, new DeviceDeed.Describe(PRESS, 3, later));
        town.done(org, new DeviceDeed.Activate(PRESS));
        disbelieved(Fault.DEVICE_INACTIVE, report(0), key);
        town.pass(Duration.ofSeconds(60));
        town.done(org, report(0).by(key));
        town.pass(Duration.ofSeconds(60));
        disbelieved(Fault.DEVICE_INACTIVE, report(1), key);
        assertThat(device().standing(town.now())).isEqualTo(Device.Standing.EXPIRED);
        refused(Fault.INVALID_VALUE, org, new DeviceDeed.Apply(other(), later));
    }

    private Identifier other() {
        town.done(org, new IdentifierDeed.Register(OTHER, NamesTest.described(Level.PUBLIC)));
        return OTHER;
    }

    @Test
    void what_a_withdrawn_certificate_signs_is_refused_while_another_holds() {
        Signer nextKey = Firm.signer();
        Certificate next = town.press.certify(PRESS, nextKey, Town.BEGIN);
        active();
        town.done(org, new DeviceDeed.Certify(PRESS, next.der()));
        town.done(org, report(0).by(key));
        town.done(org, report(PRESS, next, 1).by(nextKey));
        refused(
                Fault.NOT_FOUND,
                org,
                new DeviceDeed.Withdraw(PRESS, Digest.ZERO, "no such certificate"));
        town.done(org, new DeviceDeed.Withdraw(PRESS, certificate.digest(), "rotated"));
        disbelieved(Fault.CERTIFICATE_REVOKED, report(2), key);
        town.done(org, report(PRESS, next, 2).by(nextKey));
        refused(Fault.ALREADY_EXISTS, org, new DeviceDeed.Certify(PRESS, certificate.der()));
        assertThat(device().certificates()).containsExactly(next.digest());
    }

    @Test
    void a_certificate_is_of_the_owners_ca_and_of_this_device() {
        refused(Fault.WRONG_STATE, org, new DeviceDeed.Activate(PRESS));
        refused(
                Fault.UNTRUSTED_ISSUER,
                org,
                new DeviceDeed.Certify(PRESS, town.mill.certify(PRESS, key, Town.BEGIN).der()));
        refused(
                Fault.UNBOUND,
                org,
                new DeviceDeed.Certify(PRESS, town.press.certify(OTHER, key, Town.BEGIN).der()));
        refused(
                Fault.CERTIFICATE_NOT_YET_VALID,
                org,
                new DeviceDeed.Certify(
                        PRESS,
                        town.press.certify(PRESS, key, Town.BEGIN.plus(Duration.ofDays(2))).der()));
        refused(
                Fault.CERTIFICATE_MALFORMED,
                org,
                new DeviceDeed.Certify(PRESS, certificate.der().slice(0, 40)));
        for (int count = 0; count < Device.CERTIFICATE_COUNT_MAX; count++) {
            town.done(
                    org,
                    new DeviceDeed.Certify(
                            PRESS, town.press.certify(PRESS, Firm.signer(), Town.BEGIN).der()));
        }
        refused(Fault.QUOTA_SPENT, org, new DeviceDeed.Certify(PRESS, certificate.der()));
    }

    @Test
    void a_report_is_the_devices_own_word() {
        active();
        disbelieved(Fault.BAD_SIGNATURE, report(0), Firm.signer());
        Certificate unknown = town.press.certify(PRESS, key, Town.BEGIN);
        disbelieved(Fault.UNTRUSTED_ISSUER, report(PRESS, unknown, 0), key);
        town.done(org, new DeviceDeed.Apply(other(), profile(Optional.empty())));
        Signer otherKey = Firm.signer();
        town.done(
                org,
                new DeviceDeed.Certify(
                        OTHER, town.press.certify(OTHER, otherKey, Town.BEGIN).der()));
        town.done(org, new DeviceDeed.Activate(OTHER));
        disbelieved(Fault.UNBOUND, report(OTHER, certificate, 0), key);

        Report foreign =
                new Report(
                        new ChainId("icb:other"),
                        PRESS,
                        certificate.digest(),
                        "pressure",
                        0,
                        Town.BEGIN,
                        Town.BEGIN,
                        1,
                        Digest.ZERO);
        refused(Fault.WRONG_CHAIN, org, foreign.by(key));
        refused(Fault.NOT_YOURS, town.mill.account(), report(0).by(key));
        refused(
                Fault.NOT_FOUND,
                org,
                report(new Identifier("88.118.2023/nobody"), certificate, 0).by(key));
        refused(Fault.ALREADY_EXISTS, org, new DeviceDeed.Apply(PRESS, profile(Optional.empty())));
        town.done(org, report(0).by(key));
        refused(Fault.ALREADY_EXISTS, org, report(0).by(key));
    }

    @Test
    void a_certificate_is_believed_within_its_own_time_and_of_the_owner_alone() {
        active();
        town.pass(Duration.ofDays(99));
        town.done(org, report(0).by(key));
        town.done(org, new IdentifierDeed.Offer(PRESS, town.mill.id()));
        town.done(town.mill.account(), new IdentifierDeed.Accept(PRESS, 2));
        town.alerts();
        assertThat(town.refused(town.mill.account(), report(1).by(key)))
                .contains(Fault.FOREIGN_TRUST_DOMAIN);
        assertThat(town.alerts())
                .extracting(Alert::organisation)
                .containsExactly(Optional.of(town.mill.id()));
        Profile longer =
                new Profile(
                        "p", "m", "", Town.BEGIN, END.plus(Duration.ofDays(999)), Optional.empty());
        town.done(town.mill.account(), new DeviceDeed.Describe(PRESS, 4, longer));
        town.pass(Duration.ofDays(400));
        assertThat(town.refused(town.mill.account(), report(1).by(key)))
                .contains(Fault.CERTIFICATE_EXPIRED);
    }

    @Test
    void batches_that_are_left_out_are_told_and_may_still_come() {
        active();
        town.done(org, report(0).by(key));
        town.done(org, report(4).by(key));
        assertThat(town.alerts())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.SERIES_GAP);
                    assertThat(alert.level()).contains(3L);
                    assertThat(alert.detail())
                            .isEqualTo("series pressure: batches 1 to 3 are missing");
                });
        town.done(org, report(2).by(key));
        assertThat(town.alerts()).isEmpty();
        DeviceSeries series = new Devices(town.records()).series(PRESS, "pressure").orElseThrow();
        assertThat(series.next()).isEqualTo(5);
        assertThat(series.missing()).isEqualTo(2);
    }

    @Test
    void a_device_that_falls_silent_is_told_once_until_it_speaks_again() {
        town.done(
                org,
                new DeviceDeed.Describe(PRESS, 2, profile(Optional.of(Duration.ofMinutes(5)))));
        active();
        town.tick(Duration.ofMinutes(4));
        town.done(org, report(0).by(key));
        town.tick(Duration.ofMinutes(4));
        assertThat(town.alerts()).isEmpty();
        town.tick(Duration.ofMinutes(1));
        assertThat(town.alerts()).extracting(Alert::type).containsExactly(AlertType.DEVICE_SILENT);
        town.tick(Duration.ofMinutes(9));
        assertThat(town.alerts()).isEmpty();
        town.done(org, report(1).by(key));
        town.tick(Duration.ofMinutes(6));
        assertThat(town.alerts()).extracting(Alert::type).containsExactly(AlertType.DEVICE_SILENT);
        town.done(org, report(2).by(key));
        town.done(org, new DeviceDeed.Suspend(PRESS, "at night"));
        town.tick(Duration.ofMinutes(6));
        assertThat(town.alerts()).isEmpty();
    }

    @Test
    void a_certificate_that_soon_ends_is_told_unless_it_was_withdrawn() {
        Certificate kept = town.press.certify(PRESS, Firm.signer(), Town.BEGIN);
        active();
        town.done(org, new DeviceDeed.Certify(PRESS, kept.der()));
        town.done(org, new DeviceDeed.Withdraw(PRESS, certificate.digest(), "rotated"));
        town.pass(Duration.between(town.now(), kept.notAfter()).minus(Duration.ofDays(8)));
        town.tick(Duration.ZERO);
        assertThat(town.alerts()).isEmpty();
        town.tick(Duration.ofDays(1));
        assertThat(town.alerts())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.CERTIFICATE_EXPIRING);
                    assertThat(alert.detail()).contains(kept.digest().hex());
                });
        town.tick(Duration.ofDays(1));
        assertThat(town.alerts()).isEmpty();
    }

    @Test
    void whatever_else_a_contract_refuses_is_told_too() {
        assertThat(town.alerts()).isEmpty();
        refused(Fault.NOT_YOURS, town.mill.account(), new DeviceDeed.Activate(PRESS));
        assertThat(town.alerts())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.CONTRACT_ABORTED);
                    assertThat(alert.organisation()).contains(town.mill.id());
                    assertThat(alert.subject()).isEqualTo("device");
                    assertThat(alert.place().index()).isZero();
                });
        assertThat(List.of(AlertType.values())).hasSize(11);
    }
}
