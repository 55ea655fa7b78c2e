package org.entente.client.cli.certificate;

import org.entente.client.Failure;
import org.entente.client.Submitted;
import org.entente.client.TransactionFolder;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Approver;
import org.entente.registry.Change;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// `cert demand`: an auditor asks whose a transaction certificate is, for all to see.
final class CertDemand implements Command {
    static final Parameter<Path> CERTIFICATE =
            Parameter.required(
                    "--certificate", "FILE", "the transaction certificate (PEM)", Path::of);
    private static final Parameter<OrganisationId> ORGANISATION =
            Parameter.required("--organisation", "ORG", "who issued it", OrganisationId::new);
    private static final Parameter<String> REASON =
            Parameter.required(
                    "--reason", "TEXT", "why; it stands in the log", Function.identity());

    @Override
    public Usage usage() {
        return new Usage(
                "demand",
                "As an auditor, demand that an organisation opens a transaction certificate.",
                "the registry log.",
                "entente cert demand --identity auditor --organisation alpha.example"
                        + " --certificate c.pem --reason \"case 7\"",
                List.of(
                        Options.IDENTITY,
                        ORGANISATION,
                        CERTIFICATE,
                        REASON,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (Office office = Office.ofNode(call)) {
            Change change =
                    new Change.OpeningDemanded(
                            ((Approver.Node) office.signatory().approver()).node(),
                            call.value(ORGANISATION),
                            TransactionFolder.one(call.value(CERTIFICATE)).digest(),
                            call.value(REASON));
            Submitted submitted = office.desk().submit(office.signatory().sign(change));
            return office.desk()
                    .logged(
                            "demanded: " + submitted.change(),
                            submitted,
                            Fields.of("demand", submitted.change()))
                    .next(
                            call.value(ORGANISATION)
                                    + " answers with: entente cert open --demand "
                                    + submitted.change());
        }
    }
}
