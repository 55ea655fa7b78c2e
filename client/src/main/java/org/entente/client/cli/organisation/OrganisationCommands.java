package org.entente.client.cli.organisation;

import org.entente.client.cli.command.Group;
import org.entente.registry.Requirement;

import java.util.List;

/// The groups of commands that this package has.
public final class OrganisationCommands {
    private OrganisationCommands() {}

    public static List<Group> groups() {
        return List.of(
                new Group(
                        "org",
                        "An organisation: its CA, its place at the relay, tokens for its nodes.",
                        () ->
                                List.of(
                                        new OrgInit(),
                                        new OrgJoin(),
                                        new OrgToken(),
                                        new OrgRotate(),
                                        new OrgRecoveryKey(),
                                        new OrgShow())),
                new Group(
                        "chain",
                        "The chains of the registry.",
                        () -> List.of(new ChainAdd(), new ChainList())),
                new Group(
                        "require",
                        "What nodes offer and want.",
                        () ->
                                List.of(
                                        new RequireFile(Requirement.Direction.OFFER),
                                        new RequireFile(Requirement.Direction.WANT),
                                        new RequireWithdraw(),
                                        new RequireList(),
                                        new RequireMatch())));
    }
}
