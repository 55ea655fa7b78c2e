package org.entente.launcher.app.data;

import org.entente.chain.industrial.data.Content;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.data.DataType;
import org.entente.chain.industrial.data.Description;
import org.entente.chain.industrial.data.DeviceWord;
import org.entente.chain.industrial.data.Part;
import org.entente.chain.industrial.data.Reading;
import org.entente.chain.industrial.data.Readings;
import org.entente.chain.industrial.data.Summary;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.Refused;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.launcher.app.solo.NodeOptions;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `data series`, `series-begin`, `series-add`, `series-gap`.
final class SeriesCommands {
    private static final Parameter<Integer> SCALE =
            Parameter.optional(
                    "--scale", "DIGITS", "digits behind the point; 0 without", Integer::valueOf);
    private static final Parameter<String> UNIT =
            Parameter.optional("--unit", "UNIT", "what is counted, as bar", text -> text);
    private static final Parameter<Path> READINGS =
            Parameter.argument(
                    "FILE", "lines of: nanoseconds since 1970,whole number[,quality]", Path::of);
    private static final Parameter<String> LATE =
            Parameter.flag("--late", "the readings are older than the newest of the series");
    private static final Parameter<Path> IDENTITY =
            Parameter.optional(
                    "--identity",
                    "DIR",
                    "the directory of the device whose series it is, made by entente enroll",
                    Path::of);
    private static final Parameter<Long> NUMBER =
            Parameter.optional(
                    "--number",
                    "N",
                    "which batch it is by the device's own count, from 0; the one that is due"
                            + " without",
                    Long::valueOf);
    private static final Parameter<Integer> COUNT =
            Parameter.required("--count", "N", "how many batches never come", Integer::valueOf);
    private static final Parameter<String> REASON =
            Parameter.required("--reason", "REASON", "why, for everyone", text -> text);

    private SeriesCommands() {}

    static List<Command> all() {
        return List.of(
                new Show(),
                new Acts.Told(
                        "series-begin",
                        "Register a series, whose readings come in batches.",
                        "the chain.",
                        "press/7/bar --unit bar --scale 2",
                        List.of(DataDesk.ID, UNIT, SCALE, DataDesk.DEVICE, IDENTITY),
                        SeriesCommands::begin),
                new Acts.Told(
                        "series-gap",
                        "By the owner: say that the next batches never come.",
                        "the chain.",
                        "press/7/bar --count 3 --reason 'the line was down'",
                        List.of(DataDesk.ID, COUNT, REASON),
                        call ->
                                new DataDeed.Batch(
                                        call.value(DataDesk.ID),
                                        next(call),
                                        new Part.Gap(call.value(COUNT), call.value(REASON)))),
                new Acts.Told(
                        "series-add",
                        "By the owner: add a batch of readings, on the chain itself.",
                        "the chain.",
                        "press/7/bar readings.csv",
                        List.of(DataDesk.ID, READINGS, LATE, NUMBER, IDENTITY),
                        SeriesCommands::batch));
    }

    private static DataDeed begin(Call call) throws Failure {
        return new DataDeed.Register(
                call.value(DataDesk.ID),
                new Description(
                        DataType.SERIES,
                        certificate(call),
                        call.world().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                        "",
                        "",
                        Sorted.empty(),
                        Optional.empty(),
                        new Content.Batches(call.value(SCALE, 0), call.value(UNIT, ""))));
    }

    /// Of the device whose series it is, by its digest or from the device's directory.
    private static Optional<Digest> certificate(Call call) throws Failure {
        return call.has(IDENTITY)
                ? Optional.of(device(call).certificate().digest())
                : call.optional(DataDesk.DEVICE);
    }

    private static IdentityDirectory device(Call call) throws Failure {
        return IdentityDirectory.open(call.value(IDENTITY), call.world().cryptography().get());
    }

    private static long next(Call call) throws Failure {
        try (DataDesk desk = DataDesk.open(call)) {
            return desk.get("/v1/data/series", DataDesk.query(call.value(DataDesk.ID)))
                    .path("next")
                    .asLong();
        }
    }

    private static DataDeed batch(Call call) throws Failure {
        Readings readings = read(call.value(READINGS));
        Summary summary = Refused.unless(readings.summary());
        long number = call.has(NUMBER) ? call.value(NUMBER) : next(call);
        try {
            return new DataDeed.Batch(
                    call.value(DataDesk.ID),
                    number,
                    new Part.Batch(
                            call.has(LATE) ? Part.Timing.LATE : Part.Timing.IN_TURN,
                            summary,
                            new Content.Inline(readings.encoded()),
                            word(call, number, summary)));
        } catch (IllegalArgumentException e) {
            throw unusable(call.value(READINGS), e);
        }
    }

    /// The device's own, when its directory is named.
    private static Optional<DeviceWord> word(Call call, long number, Summary summary)
            throws Failure {
        if (!call.has(IDENTITY)) {
            return Optional.empty();
        }
        IdentityDirectory device = device(call);
        try (DataDesk desk = DataDesk.open(call)) {
            return Optional.of(
                    DeviceWord.by(
                            device.signer(),
                            new DeviceWord.Said(
                                    desk.chain(),
                                    call.value(DataDesk.ID),
                                    device.certificate().digest(),
                                    number,
                                    summary)));
        }
    }

    private static Readings read(Path file) throws Unusable {
        List<Reading> all = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] cells = line.split(",", -1);
                all.add(
                        new Reading(
                                Long.parseLong(cells[0].strip()),
                                Long.parseLong(cells.length > 1 ? cells[1].strip() : ""),
                                cells.length > 2 ? Integer.parseInt(cells[2].strip()) : 0));
            }
            return new Readings(all);
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    private static Unusable unusable(Path file, Exception why) {
        return new Unusable(
                file + " is no batch of readings: " + why.getMessage(),
                "Write a line for each reading, ascending in time, and smaller files.");
    }

    /// `data series`.
    private static final class Show implements Command {
        @Override
        public Usage usage() {
            return new Usage(
                    "series",
                    "Show a series: how far it is, whose device signs it, each batch, each gap.",
                    "nothing.",
                    "entente data series press/7/bar --key account.p12 --node"
                            + " http://127.0.0.1:7700",
                    List.of(
                            DataDesk.ID,
                            NodeOptions.KEY,
                            NodeOptions.NODE,
                            NodeOptions.CERTIFICATE));
        }

        @Override
        public Answer run(Call call) throws Failure {
            DataId id = call.value(DataDesk.ID);
            try (DataDesk desk = DataDesk.open(call)) {
                JsonNode found = desk.get("/v1/data/series", DataDesk.query(id));
                Table table =
                        new Table("PART", "KIND", "READINGS", "FROM", "TO", "LEAST", "MOST", "SUM");
                for (JsonNode each : found.path("parts").values()) {
                    JsonNode sum = each.path("summary");
                    table.row(
                            each.path("number").asLong(),
                            each.path("kind").asString(),
                            sum.path("count").asString("-"),
                            sum.path("from").asString("-"),
                            sum.path("to").asString("-"),
                            sum.path("least").asString("-"),
                            sum.path("most").asString("-"),
                            sum.path("sum").asString(each.path("reason").asString("")));
                }
                Optional<String> device =
                        Optional.of(found.path("device"))
                                .filter(JsonNode::isString)
                                .map(JsonNode::asString);
                List<String> lines = new ArrayList<>();
                lines.add(
                        "%s: %d readings, part %d is next, %d missing%s"
                                .formatted(
                                        id,
                                        found.path("readings").asLong(),
                                        found.path("next").asLong(),
                                        found.path("missing").asLong(),
                                        device.map(it -> ", signed by " + it).orElse("")));
                lines.addAll(table.lines());
                return Answer.of(
                        lines,
                        Fields.of("id", id)
                                .and("next", found.path("next").asLong())
                                .and("missing", found.path("missing").asLong())
                                .and("readings", found.path("readings").asLong())
                                .and("device", device));
            }
        }
    }
}
