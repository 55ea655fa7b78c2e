package org.entente.client.cli.certificate;

import org.entente.client.Failure;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.registry.Approval;
import org.entente.registry.ChangeEntry;
import org.entente.registry.Registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `log show` and `log verify`: downloads a log, checks and folds it here.
final class LogRead implements Command {
    private static final String REGISTRY = "registry";
    private static final Parameter<String> LOG =
            Parameter.optionalArgument(
                    "LOG", "'registry' (if not said) or an alliance's id", Function.identity());

    /// What is said about a log that holds.
    enum Detail {
        ENTRIES,
        SUMMARY
    }

    private final Detail detail;

    LogRead(Detail detail) {
        this.detail = detail;
    }

    @Override
    public Usage usage() {
        return new Usage(
                switch (detail) {
                    case ENTRIES -> "show";
                    case SUMMARY -> "verify";
                },
                switch (detail) {
                    case ENTRIES -> "Download a log, verify it, and print its entries.";
                    case SUMMARY ->
                            "Download a log and verify everything: each signature, each rule, the"
                                    + " Merkle root, the state it folds to. Without LOG: the"
                                    + " registry log and the logs of all alliances.";
                },
                "nothing.",
                switch (detail) {
                    case ENTRIES -> "entente log show --org alpha";
                    case SUMMARY -> "entente log verify --org alpha";
                },
                List.of(
                        LOG,
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Optional<AllianceId> alliance = alliance(call);
        try (RelayDesk desk = RelayDesk.open(call)) {
            Registry registry = desk.registry();
            return switch (detail) {
                case ENTRIES -> {
                    List<ChangeEntry> entries = new ArrayList<>();
                    if (alliance.isPresent()) {
                        desk.alliance(alliance.get(), entries::add);
                    } else {
                        entries.addAll(desk.entries());
                    }
                    yield show(call.value(LOG, REGISTRY), entries);
                }
                case SUMMARY -> verify(desk, registry, alliance, call.has(LOG));
            };
        }
    }

    private static Optional<AllianceId> alliance(Call call) throws Unusable {
        String log = call.value(LOG, REGISTRY);
        try {
            return log.equals(REGISTRY) ? Optional.empty() : Optional.of(AllianceId.fromHex(log));
        } catch (IllegalArgumentException e) {
            throw new Unusable(
                    "no log is called " + log, "Name 'registry' or the id of an alliance.");
        }
    }

    private static Answer show(String log, List<ChangeEntry> entries) {
        Table table = new Table("SERIAL", "TIME", "CHANGE", "SIGNED BY", "DIGEST");
        List<Fields> json = new ArrayList<>();
        for (ChangeEntry entry : entries) {
            List<String> signers =
                    entry.change().approvals().list().stream()
                            .map(Approval::approver)
                            .map(approver -> approver.words())
                            .toList();
            String kind = entry.change().change().getClass().getSimpleName();
            table.row(
                    entry.serial(),
                    entry.time(),
                    kind,
                    String.join(", ", signers),
                    entry.change().digest());
            json.add(
                    Fields.of("serial", entry.serial())
                            .and("time", entry.time())
                            .and("change", kind)
                            .and("signers", signers)
                            .and("digest", entry.change().digest()));
        }
        return Answer.of(table.lines(), Fields.of("log", log).and("entries", json));
    }

    private static Answer verify(
            RelayDesk desk, Registry registry, Optional<AllianceId> alliance, boolean one)
            throws Failure {
        Table table = new Table("LOG", "ENTRIES", "FOLDS TO");
        List<Fields> json = new ArrayList<>();
        if (alliance.isEmpty()) {
            row(table, json, REGISTRY, registry.size(), registry.digest());
        }
        List<AllianceId> ids =
                alliance.map(List::of)
                        .orElseGet(
                                () -> one ? List.of() : List.copyOf(registry.alliances().keySet()));
        for (AllianceId id : ids) {
            var folded = desk.alliance(id);
            row(table, json, id.toString(), folded.last() + 1, folded.digest());
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("verified: every signature, every rule, every root");
        return Answer.of(lines, Fields.of("logs", json).and("verified", true));
    }

    private static void row(Table table, List<Fields> json, String log, long size, Digest digest) {
        table.row(log, size, digest);
        json.add(Fields.of("log", log).and("size", size).and("digest", digest));
    }
}
