package org.entente.client.cli.alliance;

import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Expiries;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.protocol.AllianceId;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Agent;
import org.entente.registry.Alliance;
import org.entente.registry.Charter;
import org.entente.registry.EpochRecord;
import org.entente.registry.Registry;
import org.entente.registry.Standing;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// `alliance show`: one alliance as its own log, folded and checked here, says it is.
final class AllianceShow implements Command {
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.argument("ALLIANCE", "its id", AllianceId::fromHex);

    @Override
    public Usage usage() {
        return new Usage(
                "show",
                "Show an alliance: epochs as ranges of serials, parties, agents and weights, flows"
                        + " with their state, who can forge and who can block, what ends soon.",
                "nothing.",
                "entente alliance show ALLIANCE --org alpha",
                List.of(
                        ALLIANCE,
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (RelayDesk desk = RelayDesk.open(call)) {
            Alliance alliance = desk.alliance(call.value(ALLIANCE));
            Registry registry = desk.registry();
            Charter charter = alliance.charter();
            Fields json = Fields.of("alliance", alliance.id()).and("standing", charter.standing());
            List<String> lines = new ArrayList<>();
            lines.add("alliance " + alliance.id() + ": " + charter.standing());
            lines.add("parties: " + names(charter.record()));
            json.and("parties", charter.record().parties());
            lines.addAll(epochs(alliance, json));
            lines.addAll(agents(charter.record(), json));
            lines.addAll(flows(charter, json));
            lines.addAll(policies(charter, json));
            List<String> warnings =
                    new ArrayList<>(warnings(charter, registry, call.world().clock().instant()));
            int owed = registry.owed(alliance.id(), Optional.of(alliance)).size();
            if (owed > 0) {
                warnings.add("the alliance's log lacks " + owed + " changes of the registry log");
            }
            lines.addAll(warnings);
            return Answer.of(lines, json.and("warnings", warnings));
        }
    }

    private static String names(EpochRecord record) {
        return record.parties().stream()
                .map(OrganisationId::domain)
                .collect(Collectors.joining(", "));
    }

    private static List<String> epochs(Alliance alliance, Fields json) {
        Table table = new Table("EPOCH", "SERIALS", "RECORD");
        List<Fields> list = new ArrayList<>();
        Iterator<Map.Entry<Long, EpochRecord>> epochs = alliance.epochs().entrySet().iterator();
        Map.Entry<Long, EpochRecord> at = epochs.next();
        while (at != null) {
            Map.Entry<Long, EpochRecord> next = epochs.hasNext() ? epochs.next() : null;
            Optional<Long> end = next == null ? Optional.empty() : Optional.of(next.getKey() - 1);
            table.row(
                    at.getValue().epoch(),
                    at.getKey() + "–" + end.map(String::valueOf).orElse(""),
                    at.getValue().digest());
            list.add(
                    Fields.of("epoch", at.getValue().epoch())
                            .and("from", at.getKey())
                            .and("to", end)
                            .and("record", at.getValue().digest()));
            at = next;
        }
        json.and("epochs", list);
        return table.lines();
    }

    private static List<String> agents(EpochRecord record, Fields json) {
        Table table = new Table("AGENT", "WEIGHT OF " + record.totalWeight());
        List<Fields> list = new ArrayList<>();
        for (Agent agent : record.agents()) {
            table.row(agent.id(), agent.weight());
            list.add(Fields.of("agent", agent.id()).and("weight", agent.weight()));
        }
        json.and("agents", list);
        return table.lines();
    }

    private static List<String> flows(Charter charter, Fields json) {
        Table table = new Table("FLOW", "FROM", "TO", "STATE");
        List<Fields> list = new ArrayList<>();
        for (Map.Entry<FlowName, Flow> each : charter.terms().flows().entrySet()) {
            String state = state(charter, each.getKey());
            Flow flow = each.getValue();
            table.row(each.getKey(), flow.source().chain(), flow.destination().chain(), state);
            list.add(
                    Fields.of("flow", each.getKey())
                            .and("source", flow.source().chain())
                            .and("destination", flow.destination().chain())
                            .and("running", charter.isRunning(each.getKey()))
                            .and("pausedBy", charter.pausedBy(each.getKey())));
        }
        json.and("flows", list);
        return table.lines();
    }

    private static String state(Charter charter, FlowName flow) {
        if (charter.standing() != Standing.ACTIVE) {
            return "stopped: the alliance is " + charter.standing();
        }
        return charter.isRunning(flow) ? "running" : "paused by " + charter.pausedBy(flow);
    }

    private static List<String> policies(Charter charter, Fields json) {
        PolicyTable table = new PolicyTable();
        charter.terms()
                .flows()
                .forEach((name, flow) ->
                        charter.terms()
                                .policy(name)
                                .ifPresent(policy -> table.add(name, flow, policy)));
        json.and("policies", table.json());
        return table.lines();
    }

    private static List<String> warnings(Charter charter, Registry registry, Instant now) {
        Expiries expiries = new Expiries(now);
        for (Agent agent : charter.record().agents()) {
            var node = registry.nodes().get(agent.id());
            if (node != null) {
                expiries.add("the certificate of " + agent.id(), node.certificate().notAfter());
            }
        }
        for (OrganisationId party : charter.record().parties()) {
            var organisation = registry.organisations().get(party);
            if (organisation != null) {
                organisation
                        .newest()
                        .all()
                        .forEach(ca ->
                                expiries.add("the " + ca.kind() + " of " + party, ca.notAfter()));
            }
        }
        charter.terms()
                .contracts()
                .values()
                .forEach(contract ->
                        expiries.add(
                                "the contract " + contract.name(), contract.validity().until()));
        return expiries.warnings();
    }
}
