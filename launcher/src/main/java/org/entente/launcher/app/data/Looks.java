package org.entente.launcher.app.data;

import org.entente.chain.industrial.data.DataId;
import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.launcher.app.solo.NodeOptions;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/// The commands that look: `verify`, `scrub`, `history`, `reads`.
final class Looks {
    private static final Parameter<String> START =
            Parameter.flag("--start", "by a member: begin one now");

    private Looks() {}

    static List<Command> all() {
        return List.of(
                new Look(
                        new Usage(
                                "verify",
                                "Have the node read all of one object and compare it with its"
                                        + " hashes.",
                                "nothing.",
                                "entente data verify press/7/film --key account.p12 --node"
                                        + " http://127.0.0.1:7700",
                                with(DataDesk.ID, Get.VERSION, Get.PART, Get.PURPOSE)),
                        Looks::verify),
                new Look(
                        new Usage(
                                "scrub",
                                "Show what the node found when it read all that it keeps.",
                                "nothing; with --start damage is healed from the replica.",
                                "entente data scrub --start --key node.p12 --node"
                                        + " http://127.0.0.1:7700",
                                with(START)),
                        Looks::scrub),
                new Look(
                        new Usage(
                                "history",
                                "Show the versions of data that stand on the chain.",
                                "nothing.",
                                "entente data history press/7/film --key account.p12 --node"
                                        + " http://127.0.0.1:7700",
                                with(DataDesk.ID)),
                        Looks::history),
                new Look(
                        new Usage(
                                "reads",
                                "By the owner: show who read data from this node, and what for.",
                                "nothing.",
                                "entente data reads press/7/film --key account.p12 --node"
                                        + " http://127.0.0.1:7700",
                                with(DataDesk.ID)),
                        Looks::reads));
    }

    /// A command that asks a node and shows what it answers.
    private record Look(Usage usage, Showing showing) implements Command {
        @Override
        public Answer run(Call call) throws Failure {
            try (DataDesk desk = DataDesk.open(call)) {
                return showing.show(call, desk);
            }
        }
    }

    private interface Showing {
        Answer show(Call call, DataDesk desk) throws Failure;
    }

    private static List<Parameter<?>> with(Parameter<?>... own) {
        List<Parameter<?>> all = new ArrayList<>(List.of(own));
        all.addAll(List.of(NodeOptions.KEY, NodeOptions.NODE, NodeOptions.CERTIFICATE));
        return all;
    }

    private static Answer verify(Call call, DataDesk desk) throws Failure {
        JsonNode found = desk.get("/v1/data/verify", Get.asked(call));
        List<Integer> damaged =
                found.path("damaged").values().stream().map(JsonNode::asInt).toList();
        int chunks = found.path("chunks").asInt();
        Answer answer =
                Answer.of(
                        "%s %s: %d chunks, %d damaged"
                                .formatted(
                                        found.path("id").asString(),
                                        found.path("what").asString(),
                                        chunks,
                                        damaged.size()),
                        Fields.of("id", found.path("id").asString())
                                .and("chunks", chunks)
                                .and("sound", damaged.isEmpty())
                                .and("damaged", damaged));
        return damaged.isEmpty()
                ? answer
                : answer.refusedBy(Verdict.rejected(Fault.DATA_CORRUPT, "chunks " + damaged));
    }

    private static Answer scrub(Call call, DataDesk desk) throws Failure {
        JsonNode found =
                call.has(START)
                        ? desk.ask("POST", "/v1/data/scrub", Sorted.empty(), Bytes.EMPTY)
                        : desk.get("/v1/data/scrub", Sorted.empty());
        Table table = new Table("DATA", "CHUNK", "FOUND", "WHY");
        found.path("damaged")
                .values()
                .forEach(each ->
                        table.row(
                                each.path("id").asString(),
                                each.path("chunk").asInt(),
                                each.path("found").asString(),
                                each.path("why").asString()));
        int damaged = found.path("damaged").size();
        List<String> lines = new ArrayList<>();
        lines.add(
                "%d chunks read, %d healed, %d damaged; %s"
                        .formatted(
                                found.path("checked").asLong(),
                                found.path("healed").asLong(),
                                damaged,
                                found.path("running").asBoolean()
                                        ? "running"
                                        : "the last pass ended "
                                                + found.path("ended").asString("never")));
        if (!table.isEmpty()) {
            lines.addAll(table.lines());
        }
        Answer answer =
                Answer.of(
                        lines,
                        Fields.of("checked", found.path("checked").asLong())
                                .and("healed", found.path("healed").asLong())
                                .and("running", found.path("running").asBoolean())
                                .and("damaged", damaged));
        return damaged == 0
                ? answer
                : answer.refusedBy(
                        Verdict.rejected(Fault.DATA_CORRUPT, damaged + " chunks are damaged"));
    }

    private static Answer history(Call call, DataDesk desk) throws Failure {
        DataId id = call.value(DataDesk.ID);
        JsonNode found = desk.get("/v1/data/history", DataDesk.query(id));
        Table table = new Table("VERSION", "REGISTERED", "TYPE", "BYTES", "ROOT");
        List<Fields> versions = new ArrayList<>();
        for (JsonNode each : found.path("versions").values()) {
            JsonNode stored = each.path("stored");
            table.row(
                    each.path("version").asInt(),
                    each.path("registered").asString(),
                    each.path("type").asString(),
                    stored.path("size").asString("-"),
                    stored.path("root").asString("-"));
            versions.add(
                    Fields.of("version", each.path("version").asInt())
                            .and("registered", each.path("registered").asString())
                            .and("digest", each.path("digest").asString())
                            .and("root", stored.path("root").asString("")));
        }
        List<String> lines = new ArrayList<>();
        lines.add(id + " is " + found.path("status").asString());
        lines.addAll(table.lines());
        return Answer.of(
                lines,
                Fields.of("id", id)
                        .and("status", found.path("status").asString())
                        .and("versions", versions));
    }

    private static Answer reads(Call call, DataDesk desk) throws Failure {
        DataId id = call.value(DataDesk.ID);
        JsonNode found = desk.get("/v1/data/reads", DataDesk.query(id));
        Table table = new Table("AT", "PURPOSE", "WHAT", "FROM", "BYTES", "ACCOUNT");
        for (JsonNode each : found.path("reads").values()) {
            table.row(
                    each.path("at").asString(),
                    each.path("purpose").asString(),
                    each.path("what").asString(),
                    each.path("from").asLong(),
                    each.path("size").asLong(),
                    each.path("account").asString());
        }
        return Answer.of(
                table.lines(), Fields.of("id", id).and("reads", found.path("reads").size()));
    }
}
