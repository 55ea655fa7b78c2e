package org.entente.client.cli.alliance;

import org.entente.client.ContractFiles;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;
import org.entente.registry.policy.Policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `contract check`: reads contracts as the registry would and shows who could forge and who could
/// block; asks nobody.
final class ContractCheck implements Command {
    private static final Parameter<Path> FILES =
            Parameter.arguments(
                    "FILE", "alliance contracts and their flows' node contracts", Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "check",
                "Check contracts offline and show, for each flow, the smallest sets of"
                        + " organisations that could forge or block an exchange.",
                "nothing; asks nobody.",
                "entente contract check contract.json orders.json",
                List.of(FILES));
    }

    @Override
    public Answer run(Call call) throws Failure {
        ContractFiles files = ContractFiles.read(call.all(FILES));
        List<AllianceContract> contracts = new ArrayList<>();
        for (Bytes file : files.contracts()) {
            contracts.add(Refused.unless(AllianceContract.parse(file)));
        }
        TreeMap<FlowName, NodeContract> nodeContracts = new TreeMap<>();
        for (Bytes file : files.nodeContracts()) {
            NodeContract contract = Refused.unless(NodeContract.parse(file));
            nodeContracts.put(contract.flow(), contract);
        }
        PolicyTable table = new PolicyTable();
        for (AllianceContract contract : contracts) {
            for (Flow flow : contract.flows().values()) {
                FlowName name = new FlowName(contract.name(), flow.name());
                NodeContract nodeContract = nodeContracts.remove(name);
                if (nodeContract == null) {
                    table.add(
                            name,
                            Verdict.rejected(
                                    Fault.INVALID_VALUE,
                                    "the flow " + name + " has no node contract among the files"));
                } else {
                    check(table, contracts, contract, flow, nodeContract);
                }
            }
        }
        for (FlowName name : nodeContracts.keySet()) {
            table.add(
                    name,
                    Verdict.rejected(
                            Fault.UNKNOWN_FLOW,
                            "a node contract for " + name + ", which is no flow of the contracts"));
        }
        return answer(contracts, table);
    }

    private static void check(
            PolicyTable table,
            List<AllianceContract> all,
            AllianceContract contract,
            Flow flow,
            NodeContract nodeContract) {
        FlowName name = nodeContract.flow();
        Optional<NodeId> stranger =
                Stream.of(
                                nodeContract.hosts().stream(),
                                nodeContract.endorsers().keySet().stream(),
                                nodeContract.deliverers().stream(),
                                nodeContract.observers().keySet().stream())
                        .flatMap(nodes -> nodes)
                        .filter(node -> !contract.agents().containsKey(node))
                        .findFirst();
        if (stranger.isPresent()) {
            table.add(
                    name,
                    Verdict.rejected(
                            Fault.UNKNOWN_NODE,
                            "the node contract of "
                                    + name
                                    + " names "
                                    + stranger.get()
                                    + ", which is no agent"));
            return;
        }
        long total = contract.totalWeight();
        long bound =
                all.stream().mapToLong(each -> each.amendment().bound(total)).max().orElse(total);
        table.add(name, flow, Policy.of(contract, nodeContract, bound));
    }

    private static Answer answer(List<AllianceContract> contracts, PolicyTable table) {
        List<String> lines = new ArrayList<>();
        List<Fields> json = new ArrayList<>();
        for (AllianceContract contract : contracts) {
            lines.add(
                    contract.name()
                            + " version "
                            + contract.version()
                            + ", SHA-256 "
                            + contract.digest());
            json.add(
                    Fields.of("name", contract.name())
                            .and("version", contract.version())
                            .and("digest", contract.digest())
                            .and("parties", contract.parties()));
        }
        lines.addAll(table.lines());
        Answer answer = Answer.of(lines, Fields.of("contracts", json).and("flows", table.json()));
        return table.refusal().isPresent()
                ? answer.refusedBy(table.refusal().get())
                : answer.next("entente alliance draft FILE… --org DIR proposes it");
    }
}
