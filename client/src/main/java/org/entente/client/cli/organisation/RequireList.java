package org.entente.client.cli.organisation;

import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.registry.FiledRequirement;
import org.entente.registry.Requirement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// `require list`: the open requirements of the registry.
final class RequireList implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "list",
                "List the open requirements of the registry.",
                "nothing.",
                "entente require list --identity app-1",
                List.of(
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (RelayDesk desk = RelayDesk.open(call)) {
            Table table = new Table("REQUIREMENT", "NODE", "WHAT", "OPERATION", "PURPOSE", "UNTIL");
            List<Fields> json = new ArrayList<>();
            List<FiledRequirement> inOrderOfFiling =
                    desk.registry().requirements().values().stream()
                            .sorted(Comparator.comparingLong(FiledRequirement::since))
                            .toList();
            for (FiledRequirement filed : inOrderOfFiling) {
                if (filed.isOpen(call.world().clock().instant())) {
                    Requirement it = filed.requirement();
                    table.row(
                            filed.digest(),
                            it.node(),
                            what(it),
                            it.operation(),
                            it.purpose(),
                            it.validUntil());
                    json.add(fields(filed));
                }
            }
            return Answer.of(
                    table.isEmpty() ? List.of("no open requirements") : table.lines(),
                    Fields.of("requirements", json));
        }
    }

    static String what(Requirement it) {
        return it.direction().name().toLowerCase(Locale.ROOT)
                + " "
                + it.resource().text()
                + " of "
                + it.chain();
    }

    static Fields fields(FiledRequirement filed) {
        Requirement it = filed.requirement();
        return Fields.of("requirement", filed.digest())
                .and("node", it.node())
                .and("direction", it.direction())
                .and("chain", it.chain())
                .and("resource", it.resource().text())
                .and("operation", it.operation())
                .and("purpose", it.purpose())
                .and("ratePerHour", it.ratePerHour())
                .and("validUntil", it.validUntil());
    }
}
