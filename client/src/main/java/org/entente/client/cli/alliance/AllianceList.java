package org.entente.client.cli.alliance;

import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.registry.Charter;
import org.entente.registry.OpenProposal;
import org.entente.registry.RegisteredAlliance;
import org.entente.registry.Registry;

import java.util.ArrayList;
import java.util.List;

/// `alliance list`: alliances and open proposals.
final class AllianceList implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "list",
                "List the alliances and the proposals that still collect signatures.",
                "nothing.",
                "entente alliance list --org alpha",
                List.of(
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (RelayDesk desk = RelayDesk.open(call)) {
            Registry registry = desk.registry();
            List<String> lines = new ArrayList<>();
            Table alliances = new Table("ALLIANCE", "STANDING", "EPOCH", "PARTIES");
            List<Fields> founded = new ArrayList<>();
            for (RegisteredAlliance each : registry.alliances().values()) {
                Charter charter = each.charter();
                alliances.row(
                        each.id(),
                        charter.standing(),
                        charter.record().epoch(),
                        charter.record().parties());
                founded.add(
                        Fields.of("alliance", each.id())
                                .and("standing", charter.standing())
                                .and("epoch", charter.record().epoch())
                                .and("parties", charter.record().parties()));
            }
            lines.addAll(alliances.isEmpty() ? List.of("no alliances yet") : alliances.lines());
            List<Fields> open = new ArrayList<>();
            for (OpenProposal proposal : registry.proposals().values()) {
                lines.add("proposal " + proposal.subject());
                Proposals.words(proposal).forEach(line -> lines.add("  " + line));
                open.add(Proposals.fields(proposal));
            }
            return Answer.of(lines, Fields.of("alliances", founded).and("proposals", open));
        }
    }
}
