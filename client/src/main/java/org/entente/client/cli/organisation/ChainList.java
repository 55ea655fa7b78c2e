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
import org.entente.registry.RegisteredChain;

import java.util.ArrayList;
import java.util.List;

/// `chain list`: the chains of the registry.
final class ChainList implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "list",
                "List the chains of the registry.",
                "nothing.",
                "entente chain list --org alpha",
                List.of(
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (RelayDesk desk = RelayDesk.open(call)) {
            Table table = new Table("CHAIN", "OWNER", "KIND", "TITLE", "GENESIS", "INBOX");
            List<Fields> json = new ArrayList<>();
            for (RegisteredChain chain : desk.registry().chains().values()) {
                String inbox = chain.added().inbox().map(it -> it.address()).orElse("-");
                table.row(
                        chain.id(),
                        chain.owner(),
                        chain.added().kind(),
                        chain.added().title(),
                        chain.added().genesis().hex().substring(0, 16) + "…",
                        inbox);
                json.add(
                        Fields.of("chain", chain.id())
                                .and("owner", chain.owner())
                                .and("kind", chain.added().kind())
                                .and("title", chain.added().title())
                                .and("genesis", chain.added().genesis())
                                .and("inbox", chain.added().inbox().map(it -> it.address()))
                                .and("since", chain.since()));
            }
            return Answer.of(
                    table.isEmpty() ? List.of("no chains yet") : table.lines(),
                    Fields.of("chains", json));
        }
    }
}
