package org.entente.launcher.app.demo;

import org.entente.chain.industrial.data.Reading;
import org.entente.chain.industrial.data.Readings;
import org.entente.chain.industrial.data.Summary;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.protocol.Fault;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A press whose temperature is kept in the industrial store, signed by itself, and what the store
/// has from the other chain: by the public commands, as a person would give them.
final class Press {
    static final String SERIES = "press-7/temperature";

    /// What may leave the store.
    static final String OFFERED = "@data/summary/press-7/*/*";

    private static final String IDENTITY = "--identity";
    private static final int READINGS = 60;
    private static final long MILLI = 1_000_000;

    private final Device device;
    private final Terminal terminal;
    private final InstantSource clock;

    /// @param device as which the registers know it
    Press(Device device, Terminal terminal, InstantSource clock) {
        this.device = device;
        this.terminal = terminal;
        this.clock = clock;
    }

    Device device() {
        return device;
    }

    /// Whose word a batch is.
    enum Word {
        /// Of the press.
        SIGNED,
        /// Of nobody but the gateway that carries it.
        NONE
    }

    /// A batch that was stored.
    ///
    /// @param key by which flows name its summary
    /// @param summary what stands at the other chain when it has come there
    record Batch(String key, String summary) {}

    /// Stores what was measured since the last time, which was a while ago.
    Batch measure() throws Failure, IOException {
        Readings readings = readings();
        long part = next();
        add(readings, part, Word.SIGNED);
        return new Batch(
                "@data/summary/" + SERIES + "/@" + part,
                words(part, Refused.unless(readings.summary())));
    }

    /// Whether the chain does not store the next batch, for this reason.
    boolean isRefused(Word word, Fault fault) throws Failure, IOException {
        long part = next();
        try {
            add(readings(), part, word);
            return false;
        } catch (Refused e) {
            return isFor(fault, e);
        }
    }

    private void add(Readings readings, long part, Word word) throws Failure, IOException {
        Path file = device.ground().path("readings.csv");
        Files.write(
                file, readings.all().stream().map(each -> each.at() + "," + each.value()).toList());
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "series-add",
                                SERIES,
                                file.toString(),
                                "--number",
                                String.valueOf(part)));
        switch (word) {
            case SIGNED -> line.addAll(List.of(IDENTITY, device.identity().toString()));
            case NONE -> {}
        }
        data(line.toArray(String[]::new));
    }

    /// A command says which fault it was in words alone.
    private static boolean isFor(Fault fault, Refused refused) {
        return refused.message().contains(fault.name());
    }

    /// A reading each millisecond, in hundredths of a degree.
    private Readings readings() {
        Instant now = clock.instant();
        long end = Math.multiplyExact(now.toEpochMilli(), MILLI);
        List<Reading> all = new ArrayList<>();
        for (int index = 0; index < READINGS; index++) {
            long at = end - (READINGS - 1 - index) * MILLI;
            all.add(new Reading(at, 18_000 + (at / MILLI * 37) % 400, 0));
        }
        return new Readings(all);
    }

    /// The number that is due; the series begins with the first.
    long next() throws Failure {
        try {
            return data("series", SERIES).path("next").asLong();
        } catch (Refused e) {
            if (!isFor(Fault.NOT_FOUND, e)) {
                throw e;
            }
            data(
                    "series-begin",
                    SERIES,
                    "--unit",
                    "Cel",
                    "--scale",
                    "2",
                    IDENTITY,
                    device.identity().toString());
            return 0;
        }
    }

    private static String words(long part, Summary it) {
        return String.format(
                Locale.ROOT,
                "{\"series\":\"%s\",\"part\":%d,\"readings\":\"inline\",\"count\":%d,"
                        + "\"from\":%d,\"to\":%d,\"least\":%d,\"most\":%d,\"sum\":%d,"
                        + "\"root\":\"%s\"}",
                SERIES,
                part,
                it.count(),
                it.from(),
                it.to(),
                it.least(),
                it.most(),
                it.sum(),
                it.root().hex());
    }

    /// The document that a delivered key became, as the store gives it out.
    ///
    /// @param inbox where it was delivered
    String document(String inbox, String key) throws Failure, IOException {
        Path file = device.ground().path("document");
        data("get", inbox + "/" + key, "--out", file.toString());
        return Files.readString(file);
    }

    private JsonNode data(String... words) throws Refused {
        return terminal.run(
                Stream.of(
                                Stream.of("data"),
                                Stream.of(words),
                                Stream.of(
                                        "--key",
                                        device.gateway().toString(),
                                        "--node",
                                        device.node().toString()))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
    }
}
