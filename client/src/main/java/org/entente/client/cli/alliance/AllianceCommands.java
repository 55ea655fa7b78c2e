package org.entente.client.cli.alliance;

import org.entente.client.cli.command.Group;
import org.entente.registry.Act;
import org.entente.registry.Brake;

import java.util.List;

/// The groups of commands that this package has.
public final class AllianceCommands {
    private AllianceCommands() {}

    public static List<Group> groups() {
        return List.of(
                new Group(
                        "alliance",
                        "An alliance: found it, see it, stop it.",
                        () ->
                                List.of(
                                        new AllianceDraft(),
                                        new ProposalSign("alliance"),
                                        new AllianceShow(),
                                        new AllianceList(),
                                        new AllianceAct(Act.SUSPEND),
                                        new AllianceAct(Act.RESUME),
                                        new AllianceAct(Act.DISSOLVE))),
                new Group(
                        "contract",
                        "Contracts: check them, propose, sign, compare.",
                        () ->
                                List.of(
                                        new ContractCheck(),
                                        new ContractPropose(),
                                        new ProposalSign("contract"),
                                        new ContractShow(),
                                        new ContractDiff())),
                new Group(
                        "flow",
                        "An organisation's own brake on a flow.",
                        () ->
                                List.of(
                                        new FlowBrake(Brake.Position.PULLED),
                                        new FlowBrake(Brake.Position.RELEASED))));
    }
}
