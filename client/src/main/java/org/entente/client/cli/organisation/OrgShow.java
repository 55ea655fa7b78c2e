package org.entente.client.cli.organisation;

import org.entente.certs.Authorities;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Organisation;
import org.entente.registry.Registry;

import java.util.ArrayList;
import java.util.List;

/// `org show`: the organisations of the registry, or one with its CAs, chains and nodes.
final class OrgShow implements Command {
    private static final Parameter<OrganisationId> ORGANISATION =
            Parameter.optionalArgument("ORG", "one organisation", OrganisationId::new);

    @Override
    public Usage usage() {
        return new Usage(
                "show",
                "Show the organisations of the registry, or one of them with its CAs, chains and"
                        + " nodes.",
                "nothing.",
                "entente org show alpha.example --org alpha",
                List.of(
                        ORGANISATION,
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (RelayDesk desk = RelayDesk.open(call)) {
            Registry registry = desk.registry();
            return call.has(ORGANISATION) ? one(registry, call.value(ORGANISATION)) : all(registry);
        }
    }

    private static Answer all(Registry registry) {
        Table table = new Table("ORGANISATION", "TITLE", "GENERATION", "SINCE SERIAL");
        List<Fields> json = new ArrayList<>();
        for (Organisation each : registry.organisations().values()) {
            table.row(each.id(), each.title(), each.generations().size(), each.since());
            json.add(
                    Fields.of("organisation", each.id())
                            .and("title", each.title())
                            .and("generation", each.generations().size())
                            .and("since", each.since()));
        }
        return Answer.of(table.lines(), Fields.of("organisations", json));
    }

    private static Answer one(Registry registry, OrganisationId id) throws Refused {
        Organisation organisation = registry.organisations().get(id);
        if (organisation == null) {
            throw new Refused(Fault.UNKNOWN_ORGANISATION, id + " is not enrolled");
        }
        Fields json = Fields.of("organisation", id).and("title", organisation.title());
        List<String> lines = new ArrayList<>();
        lines.add(id + ": " + organisation.title());
        lines.addAll(generations(organisation, json));
        Table chains = new Table("CHAIN", "KIND", "TITLE");
        List<String> owned = new ArrayList<>();
        registry.chains().values().stream()
                .filter(chain -> chain.owner().equals(id))
                .forEach(chain -> {
                    chains.row(chain.id(), chain.added().kind(), chain.added().title());
                    owned.add(chain.id().text());
                });
        lines.addAll(chains.isEmpty() ? List.of("no chains") : chains.lines());
        Table nodes = new Table("NODE", "UNTIL", "ROLES", "CHAINS");
        List<Fields> members = new ArrayList<>();
        registry.nodes().values().stream()
                .filter(node -> node.id().organisation().equals(id))
                .forEach(node -> {
                    nodes.row(
                            node.id(), node.certificate().notAfter(), node.roles(), node.chains());
                    members.add(
                            Fields.of("node", node.id())
                                    .and("notAfter", node.certificate().notAfter())
                                    .and("roles", node.roles())
                                    .and("chains", node.chains()));
                });
        lines.addAll(nodes.isEmpty() ? List.of("no nodes") : nodes.lines());
        return Answer.of(lines, json.and("chains", owned).and("nodes", members));
    }

    private static List<String> generations(Organisation organisation, Fields json) {
        Table table = new Table("CA GENERATION", "ROOT SHA-256", "UNTIL");
        List<Fields> list = new ArrayList<>();
        for (Authorities each : organisation.generations()) {
            table.row(each.generation(), each.root().digest(), each.root().notAfter());
            list.add(
                    Fields.of("generation", each.generation())
                            .and("root", each.root().digest())
                            .and("notAfter", each.root().notAfter()));
        }
        json.and("generations", list);
        return table.lines();
    }
}
