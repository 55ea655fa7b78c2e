package org.entente.client.cli.alliance;

import org.entente.client.ContractFiles;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.NodeContract;

import java.nio.file.Path;
import java.util.List;

/// `contract diff`: says what one file changes in another.
final class ContractDiff implements Command {
    private static final Parameter<Path> OLD =
            Parameter.argument("OLD", "the contract as it was", Path::of);
    private static final Parameter<Path> NEW =
            Parameter.argument("NEW", "the contract as it would be", Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "diff",
                "Say in words what a contract changes in another: parties, agents and weights,"
                        + " flows, thresholds, conditions.",
                "nothing; asks nobody.",
                "entente contract diff contract.json contract-2.json",
                List.of(OLD, NEW));
    }

    @Override
    public Answer run(Call call) throws Failure {
        ContractFiles before = ContractFiles.read(List.of(call.value(OLD)));
        ContractFiles after = ContractFiles.read(List.of(call.value(NEW)));
        if (before.contracts().size() != after.contracts().size()) {
            throw new Unusable(
                    "one file is an alliance contract, the other a node contract",
                    "Compare two files of one kind.");
        }
        List<String> words =
                before.contracts().isEmpty()
                        ? ContractDifference.between(
                                Refused.unless(
                                        NodeContract.parse(before.nodeContracts().getFirst())),
                                Refused.unless(
                                        NodeContract.parse(after.nodeContracts().getFirst())))
                        : ContractDifference.between(
                                Refused.unless(
                                        AllianceContract.parse(before.contracts().getFirst())),
                                Refused.unless(
                                        AllianceContract.parse(after.contracts().getFirst())));
        return Answer.of(
                words.isEmpty() ? List.of("they say the same") : words,
                Fields.of("changes", words));
    }
}
