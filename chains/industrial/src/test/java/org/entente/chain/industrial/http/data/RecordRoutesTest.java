package org.entente.chain.industrial.http.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Certificate;
import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataContract;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataType;
import org.entente.chain.industrial.data.Description;
import org.entente.chain.industrial.http.ServedTwin;
import org.entente.chain.industrial.register.Firm;
import org.entente.chain.industrial.register.NamesTest;
import org.entente.chain.industrial.register.Town;
import org.entente.chain.industrial.register.device.DeviceDeed;
import org.entente.chain.industrial.register.device.Profile;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.entente.runtime.http.Headers;
import org.entente.runtime.http.Method;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.json.Json;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What everybody may ask of data.
final class RecordRoutesTest {
    private static final DataId SERIES = new DataId("press-7/pressure");

    private final Town town = Town.peopled();
    private final Signer organisation = town.press.account();

    @Test
    void a_series_of_a_device_names_it_as_text_and_one_of_nobody_names_none() throws Exception {
        NamesTest.registered(town);
        Certificate certificate = town.press.certify(NamesTest.PRESS, Firm.signer(), Town.BEGIN);
        town.done(
                organisation,
                new DeviceDeed.Apply(
                        NamesTest.PRESS,
                        new Profile(
                                "press",
                                "model",
                                "",
                                Town.BEGIN,
                                Town.BEGIN.plus(Duration.ofDays(9)),
                                Optional.empty())));
        town.done(organisation, new DeviceDeed.Certify(NamesTest.PRESS, certificate.der()));
        town.done(organisation, new DeviceDeed.Activate(NamesTest.PRESS));
        begin(SERIES, Optional.of(certificate.digest()));
        DataId other = new DataId("press-7/other");
        begin(other, Optional.empty());

        assertThat(shown(SERIES).path("device").stringValue()).isEqualTo(NamesTest.PRESS.text());
        assertThat(shown(other).path("device").isNull()).isTrue();
    }

    private void begin(DataId id, Optional<Digest> device) {
        DataDeed deed =
                new DataDeed.Register(
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
        assertThat(
                        town.perform(
                                organisation,
                                new Action.Call(
                                        DataContract.NAME,
                                        deed.method(),
                                        DataDeed.FORMAT.encode(deed),
                                        Optional.empty())))
                .isEmpty();
    }

    private JsonNode shown(DataId id) throws Exception {
        Reply reply =
                new RecordRoutes(new ServedTwin(town::ledger, town::blocks).close())
                        .series(
                                new Request(
                                        Method.GET,
                                        "/v1/data/series",
                                        Sorted.empty(),
                                        Sorted.copyOf(Map.of("id", id.text())),
                                        Headers.NONE,
                                        Bytes.EMPTY,
                                        List.of()));
        return Json.read(((Reply.Whole) reply).body(), 1 << 20).orThrow();
    }
}
