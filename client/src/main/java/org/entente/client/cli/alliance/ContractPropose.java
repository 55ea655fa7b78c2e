package org.entente.client.cli.alliance;

import org.entente.client.ContractFiles;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.Submitted;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.protocol.AllianceId;
import org.entente.registry.Change;
import org.entente.registry.Charter;
import org.entente.registry.EpochRecord;
import org.entente.registry.RecordDraft;

import java.nio.file.Path;
import java.util.List;

/// `contract propose`: composes the next epoch record from changed files and proposes it.
final class ContractPropose implements Command {
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.argument("ALLIANCE", "its id", AllianceId::fromHex);
    private static final Parameter<Path> FILES =
            Parameter.arguments(
                    "FILE",
                    "contracts and node contracts that replace those of the same name or flow",
                    Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "propose",
                "Compose the next epoch record from changed contracts and propose it to the"
                        + " members.",
                "the registry log; the alliance once its amendment rule is met by signatures.",
                "entente contract propose ALLIANCE contract-2.json --identity agent-1",
                List.of(
                        ALLIANCE,
                        FILES,
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        ContractFiles files = ContractFiles.read(call.all(FILES));
        try (Office office = Office.ofEither(call)) {
            Charter charter = office.desk().registered(call.value(ALLIANCE)).charter();
            Change.RecordProposed proposed =
                    Refused.unless(
                            RecordDraft.amending(
                                    office.registry(),
                                    charter,
                                    files.contracts(),
                                    files.nodeContracts()));
            long epoch = EpochRecord.FORMAT.decode(proposed.record()).orThrow().epoch();
            Submitted submitted = office.desk().submit(office.signatory().sign(proposed));
            return office.desk()
                    .logged(
                            "proposed: epoch " + epoch + " as " + proposed.subject(),
                            submitted,
                            Fields.of("proposal", proposed.subject()).and("epoch", epoch))
                    .next(
                            "the agents sign: entente contract sign "
                                    + proposed.subject()
                                    + " --identity DIR");
        }
    }
}
