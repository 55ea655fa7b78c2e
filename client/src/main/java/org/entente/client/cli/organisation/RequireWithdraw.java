package org.entente.client.cli.organisation;

import org.entente.client.Failure;
import org.entente.client.Submitted;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.protocol.Digest;
import org.entente.registry.Approver;
import org.entente.registry.Change;

import java.util.List;

/// `require withdraw`: takes a requirement back.
final class RequireWithdraw implements Command {
    private static final Parameter<Digest> REQUIREMENT =
            Parameter.argument(
                    "REQUIREMENT", "its digest, as entente require list shows it", Digest::fromHex);

    @Override
    public Usage usage() {
        return new Usage(
                "withdraw",
                "Withdraw a requirement that the node filed.",
                "the registry log.",
                "entente require withdraw DIGEST --identity app-1",
                List.of(REQUIREMENT, Options.IDENTITY, Options.RELAY, Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (Office office = Office.ofNode(call)) {
            Change change =
                    new Change.RequirementWithdrawn(
                            ((Approver.Node) office.signatory().approver()).node(),
                            call.value(REQUIREMENT));
            Submitted submitted = office.desk().submit(office.signatory().sign(change));
            return office.desk()
                    .logged(
                            "withdrawn",
                            submitted,
                            Fields.of("requirement", call.value(REQUIREMENT)));
        }
    }
}
