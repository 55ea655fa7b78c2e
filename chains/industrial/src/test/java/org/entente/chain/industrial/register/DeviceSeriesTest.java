package org.entente.chain.industrial.register;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Certificate;
import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataBook;
import org.entente.chain.industrial.data.DataContract;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataType;
import org.entente.chain.industrial.data.Description;
import org.entente.chain.industrial.data.DeviceWord;
import org.entente.chain.industrial.data.Part;
import org.entente.chain.industrial.data.Reading;
import org.entente.chain.industrial.data.Readings;
import org.entente.chain.industrial.data.SeriesHead;
import org.entente.chain.industrial.register.alert.Alert;
import org.entente.chain.industrial.register.alert.AlertType;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/// Of a series that is a device's only that is stored which the device is believed to have said.
final class DeviceSeriesTest {
    private static final DataId SERIES = new DataId("press/7/pressure");
    private final Town town = Town.peopled();
    private final Signer org = town.press.account();
    private final Signer key = Firm.signer();
    private final Certificate certificate = town.press.certify(NamesTest.PRESS, key, Town.BEGIN);

    @BeforeEach
    void active() {
        NamesTest.registered(town);
        town.done(
                org,
                new DeviceDeed.Apply(
                        NamesTest.PRESS, DevicesTest.profile(Optional.of(Duration.ofMinutes(5)))));
        town.done(org, new DeviceDeed.Certify(NamesTest.PRESS, certificate.der()));
        town.done(org, new DeviceDeed.Activate(NamesTest.PRESS));
        town.alerts();
    }

    private Optional<Fault> told(Signer by, DataDeed deed) {
        return told(town, by, deed);
    }

    private static Optional<Fault> told(Town town, Signer by, DataDeed deed) {
        return town.perform(
                by,
                new Action.Call(
                        DataContract.NAME,
                        deed.method(),
                        DataDeed.FORMAT.encode(deed),
                        Optional.empty()));
    }

    private static DataDeed begin(Optional<Digest> device) {
        return begin(SERIES, device);
    }

    private static DataDeed begin(DataId id, Optional<Digest> device) {
        return new DataDeed.Register(
                id,
                new Description(
                        DataType.SERIES,
                        device,
                        Town.BEGIN,
                        "",
                        "",
                        Sorted.empty(),
                        Optional.empty(),
                        new Content.Batches(0, "bar")));
    }

    /// A series of no device.
    static void begun(Town town, String id) {
        DataDeed begin = begin(new DataId(id), Optional.empty());
        assertThat(told(town, town.press.account(), begin)).isEmpty();
    }

    private void begun() {
        assertThat(told(org, begin(Optional.of(certificate.digest())))).isEmpty();
    }

    private static Readings readings(long number, int count) {
        return new Readings(
                IntStream.range(0, count)
                        .mapToObj(at -> new Reading(number * 100 + at, 20, 0))
                        .toList());
    }

    private static DataDeed.Batch batch(long number, Readings readings, Optional<DeviceWord> word) {
        return new DataDeed.Batch(
                SERIES,
                number,
                new Part.Batch(
                        Part.Timing.IN_TURN,
                        readings.summary().orThrow(),
                        new Content.Inline(readings.encoded()),
                        word));
    }

    private static DeviceWord word(
            ChainId chain, Certificate by, Signer signer, long number, Readings readings) {
        return DeviceWord.by(
                signer,
                new DeviceWord.Said(
                        chain, SERIES, by.digest(), number, readings.summary().orThrow()));
    }

    private DataDeed.Batch batch(long number, Certificate by, Signer signer) {
        Readings readings = readings(number, 5);
        return batch(number, readings, Optional.of(word(Town.CHAIN, by, signer, number, readings)));
    }

    private DataDeed.Batch batch(long number) {
        return batch(number, certificate, key);
    }

    /// That a batch is refused, and that everybody hears of it.
    private void disbelieved(Fault fault, DataDeed.Batch batch) {
        town.alerts();
        assertThat(told(org, batch)).contains(fault);
        assertThat(town.alerts())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.DEVICE_REFUSED);
                    assertThat(alert.organisation()).contains(town.press.id());
                    assertThat(alert.subject()).isEqualTo(NamesTest.PRESS.text());
                    assertThat(alert.detail())
                            .isEqualTo(fault + ": batch " + batch.number() + " of " + SERIES);
                });
    }

    @Test
    void a_series_is_of_a_device_whose_certificate_is_registered_by_its_owner() {
        assertThat(told(org, begin(Optional.of(Digest.ZERO)))).contains(Fault.UNTRUSTED_ISSUER);
        assertThat(told(town.mill.account(), begin(Optional.of(certificate.digest()))))
                .contains(Fault.NOT_YOURS);
        begun();
        SeriesHead head = new DataBook(town.ledger().state()).series(SERIES).orElseThrow();
        assertThat(head.device()).contains(NamesTest.PRESS);
    }

    @Test
    void a_batch_is_the_devices_own_word_to_the_last_reading() {
        begun();
        assertThat(told(org, batch(0))).isEmpty();
        Readings readings = readings(1, 5);
        assertThat(told(org, batch(1, readings, Optional.empty()))).contains(Fault.UNSIGNED);
        DeviceWord word = word(Town.CHAIN, certificate, key, 1, readings);
        disbelieved(Fault.BAD_SIGNATURE, batch(1, readings(1, 4), Optional.of(word)));
        disbelieved(
                Fault.BAD_SIGNATURE,
                batch(
                        1,
                        readings,
                        Optional.of(
                                word(new ChainId("icb:other"), certificate, key, 1, readings))));
        disbelieved(
                Fault.BAD_SIGNATURE,
                batch(1, readings, Optional.of(word(Town.CHAIN, certificate, key, 2, readings))));
        disbelieved(Fault.BAD_SIGNATURE, batch(1, certificate, Firm.signer()));
        assertThat(told(org, batch(1))).isEmpty();
        assertThat(told(org, batch(1))).contains(Fault.OUTDATED);
    }

    @Test
    void a_series_of_no_device_takes_no_devices_word() {
        assertThat(told(org, begin(Optional.empty()))).isEmpty();
        assertThat(told(org, batch(0))).contains(Fault.INVALID_VALUE);
        assertThat(told(org, batch(0, readings(0, 3), Optional.empty()))).isEmpty();
    }

    @Test
    void what_a_revoked_device_or_certificate_says_is_not_stored_and_everybody_hears_of_it() {
        Signer nextKey = Firm.signer();
        Certificate next = town.press.certify(NamesTest.PRESS, nextKey, Town.BEGIN);
        begun();
        assertThat(told(org, batch(0))).isEmpty();
        town.done(org, new DeviceDeed.Certify(NamesTest.PRESS, next.der()));
        town.done(
                org, new DeviceDeed.Withdraw(NamesTest.PRESS, certificate.digest(), "it was lost"));
        disbelieved(Fault.CERTIFICATE_REVOKED, batch(1));
        assertThat(told(org, batch(1, next, nextKey))).isEmpty();
        town.done(org, new DeviceDeed.Suspend(NamesTest.PRESS, "repaired"));
        disbelieved(Fault.DEVICE_INACTIVE, batch(2, next, nextKey));
        town.done(org, new DeviceDeed.Activate(NamesTest.PRESS));
        assertThat(told(org, batch(2, next, nextKey))).isEmpty();
        town.done(org, new DeviceDeed.Revoke(NamesTest.PRESS, "sold"));
        disbelieved(Fault.DEVICE_INACTIVE, batch(3, next, nextKey));
    }

    @Test
    void a_batch_that_leaves_some_out_is_refused_and_one_that_never_comes_is_told() {
        begun();
        assertThat(told(org, batch(0))).isEmpty();
        assertThat(told(org, batch(3))).contains(Fault.SERIES_GAP);
        gap("series press/7/pressure: batches 1 to 2 are missing");
        assertThat(told(org, new DataDeed.Batch(SERIES, 1, new Part.Gap(2, "the line was down"))))
                .isEmpty();
        gap("series press/7/pressure: batches 1 to 2 never come: the line was down");
        assertThat(told(org, batch(3))).isEmpty();
        assertThat(town.alerts()).isEmpty();
    }

    private void gap(String detail) {
        assertThat(town.alerts())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.SERIES_GAP);
                    assertThat(alert.organisation()).contains(town.press.id());
                    assertThat(alert.subject()).isEqualTo(NamesTest.PRESS.text());
                    assertThat(alert.level()).contains(2L);
                    assertThat(alert.detail()).isEqualTo(detail);
                });
    }

    @Test
    void who_stores_its_batches_is_not_silent() {
        begun();
        town.tick(Duration.ofMinutes(4));
        assertThat(told(org, batch(0))).isEmpty();
        town.tick(Duration.ofMinutes(4));
        assertThat(town.alerts()).isEmpty();
        town.tick(Duration.ofMinutes(1));
        assertThat(town.alerts()).extracting(Alert::type).containsExactly(AlertType.DEVICE_SILENT);
    }

    @Test
    void a_gap_in_a_series_of_no_device_is_told_of_the_series() {
        assertThat(told(org, begin(Optional.empty()))).isEmpty();
        assertThat(told(org, batch(1, readings(1, 3), Optional.empty())))
                .contains(Fault.SERIES_GAP);
        assertThat(town.alerts())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.type()).isEqualTo(AlertType.SERIES_GAP);
                    assertThat(alert.subject()).isEqualTo(SERIES.text());
                    assertThat(alert.level()).contains(1L);
                });
    }
}
