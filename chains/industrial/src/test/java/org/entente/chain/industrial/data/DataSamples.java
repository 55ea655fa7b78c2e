package org.entente.chain.industrial.data;

import org.entente.chain.industrial.register.identifier.Identifier;
import org.entente.light.fixture.Sample;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One object of each format.
final class DataSamples {
    /// The base point of P-256, so that no private key is needed.
    static final VerifyingKey KEY =
            new VerifyingKey(
                    Bytes.fromHex(
                            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));

    static final Instant TIME = Instant.ofEpochMilli(1_780_000_000_123L);
    static final DataId ID = new DataId("88.118.2023/CH-21091301");
    static final Digest CERTIFICATE = Digest.of(Bytes.utf8("certificate"));
    private static final Signature SIGNATURE = new Signature(KEY.bytes());
    static final Bytes CHUNK = Bytes.utf8("the bytes of an encrypted chunk");

    private DataSamples() {}

    static Readings readings() {
        return new Readings(
                List.of(
                        new Reading(-5, 20_125, 0),
                        new Reading(1_780_000_000_000_000_000L, 20_130, 1),
                        new Reading(1_780_000_000_100_000_000L, -7, 0)));
    }

    static Content.Stored stored() {
        return new Content.Stored(
                300_000,
                Chunks.tree(List.of(Chunks.leaf(CHUNK), Chunks.leaf(Bytes.utf8("last")))).root(),
                Digest.of(Bytes.utf8("key")));
    }

    static Description described(DataType type, Content content, Optional<Media> media) {
        TreeMap<String, String> attributes = new TreeMap<>();
        attributes.put("line", "4");
        attributes.put("press", "CH-21091301");
        return new Description(
                type,
                type == DataType.SERIES ? Optional.empty() : Optional.of(CERTIFICATE),
                TIME,
                "urn:press:1",
                "application/octet-stream",
                Sorted.copyOf(attributes),
                media,
                content);
    }

    static Description video() {
        return described(
                DataType.VIDEO,
                stored(),
                Optional.of(
                        new Media(
                                1_920,
                                1_080,
                                60_000,
                                List.of(new Media.KeyFrame(0, 0), new Media.KeyFrame(2_000, 1)))));
    }

    static Description series() {
        return described(DataType.SERIES, new Content.Batches(2, "bar"), Optional.empty());
    }

    static Description text() {
        return described(
                DataType.TEXT, new Content.Inline(Bytes.utf8("oil changed")), Optional.empty());
    }

    static Part.Batch batch(Readings readings) {
        return new Part.Batch(
                Part.Timing.IN_TURN,
                readings.summary().orThrow(),
                new Content.Inline(readings.encoded()),
                Optional.empty());
    }

    private static Part.Batch vouched(Part.Batch batch) {
        return new Part.Batch(
                batch.timing(),
                batch.summary(),
                batch.readings(),
                Optional.of(new DeviceWord(CERTIFICATE, SIGNATURE)));
    }

    static List<Sample<?>> all() {
        Part.Batch batch = batch(readings());
        Part.Gap gap = new Part.Gap(3, "the line was down");
        Digest previous = Digest.of(Bytes.utf8("previous"));
        DataHead head =
                new DataHead(KEY, DataType.VIDEO, 2, DataHead.Standing.APART, Optional.empty());
        List<Sample<?>> samples = new ArrayList<>();
        samples.add(
                new Sample<>(
                        "record-video",
                        DataRecord.FORMAT,
                        new DataRecord(ID, KEY, 2, Optional.of(previous), TIME, video())));
        samples.add(
                new Sample<>(
                        "record-series",
                        DataRecord.FORMAT,
                        new DataRecord(ID, KEY, 1, Optional.empty(), TIME, series())));
        samples.add(new Sample<>("head", DataHead.FORMAT, head));
        samples.add(
                new Sample<>(
                        "head-erased",
                        DataHead.FORMAT,
                        head.erased(new DataHead.Erasure("contract ended", KEY, TIME))));
        samples.add(new Sample<>("grant", Grant.FORMAT, new Grant(TIME, TIME.plusSeconds(60))));
        samples.add(
                new Sample<>(
                        "series",
                        SeriesHead.FORMAT,
                        SeriesHead.begun(Optional.empty()).with(batch).with(gap)));
        samples.add(
                new Sample<>(
                        "series-of-device",
                        SeriesHead.FORMAT,
                        SeriesHead.begun(Optional.of(new Identifier(ID.text()))).with(batch)));
        samples.add(new Sample<>("part-of-device", Part.FORMAT, vouched(batch)));
        samples.add(
                new Sample<>(
                        "word",
                        DeviceWord.Said.FORMAT,
                        new DeviceWord.Said(
                                new ChainId("icb:press"), ID, CERTIFICATE, 7, batch.summary())));
        samples.add(new Sample<>("part-batch", Part.FORMAT, batch));
        samples.add(new Sample<>("part-gap", Part.FORMAT, gap));
        samples.add(
                new Sample<>(
                        "chunk", ShownChunk.FORMAT, new ShownChunk(1, List.of(previous), CHUNK)));
        samples.add(
                new Sample<>(
                        "request",
                        DataRequest.FORMAT,
                        new DataRequest(
                                new ChainId("icb:press"),
                                "GET",
                                "/v1/data/content",
                                Sorted.with(Sorted.empty(), "id", ID.text()),
                                Digest.of(Bytes.EMPTY),
                                TIME)));
        List<DataDeed> deeds =
                List.of(
                        new DataDeed.Register(ID, text()),
                        new DataDeed.Append(ID, 2, text()),
                        new DataDeed.Batch(ID, 7, batch),
                        new DataDeed.Allow(ID, KEY, "audit", TIME),
                        new DataDeed.Revoke(ID, KEY, "audit"),
                        new DataDeed.Erase(ID, "contract ended"));
        deeds.forEach(
                deed -> samples.add(new Sample<>("deed-" + deed.method(), DataDeed.FORMAT, deed)));
        return samples;
    }
}
