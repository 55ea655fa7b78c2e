package org.entente.client.cli.exchange;

import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Group;

import java.util.List;

/// The commands that this package has.
public final class ExchangeCommands {
    private ExchangeCommands() {}

    public static List<Group> groups() {
        return List.of(
                new Group(
                        "affected",
                        "What replaced final blocks of chains affect.",
                        () -> List.of(new AffectedList())),
                new Group(
                        "agents",
                        "How the agents of an alliance behave.",
                        () -> List.of(new AgentsList())),
                new Group(
                        "deliveries",
                        "What arrived at an organisation's chains.",
                        () -> List.of(new DeliveriesTail())),
                new Group(
                        "parked",
                        "Exchanges whose delivery is parked.",
                        () ->
                                List.of(
                                        new ParkedList(),
                                        new ParkedAct(ParkedAct.Act.RETRY),
                                        new ParkedAct(ParkedAct.Act.CANCEL))));
    }

    public static List<Command> single() {
        return List.of(new ExchangeAsk(), new ReceiptFetch(), new Verify(), new AuditLog());
    }
}
