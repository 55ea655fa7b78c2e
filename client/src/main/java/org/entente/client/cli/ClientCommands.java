package org.entente.client.cli;

import org.entente.client.cli.alliance.AllianceCommands;
import org.entente.client.cli.certificate.CertificateCommands;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Group;
import org.entente.client.cli.exchange.ExchangeCommands;
import org.entente.client.cli.organisation.Enroll;
import org.entente.client.cli.organisation.OrganisationCommands;

import java.util.List;
import java.util.stream.Stream;

/// Every command that speaks with a relay or an agent, or that looks into a directory of ours.
public final class ClientCommands {
    private ClientCommands() {}

    public static List<Group> groups() {
        return Stream.of(
                        OrganisationCommands.groups(),
                        AllianceCommands.groups(),
                        CertificateCommands.groups(),
                        ExchangeCommands.groups())
                .flatMap(List::stream)
                .toList();
    }

    public static List<Command> single() {
        return Stream.concat(Stream.of(new Enroll()), ExchangeCommands.single().stream()).toList();
    }
}
