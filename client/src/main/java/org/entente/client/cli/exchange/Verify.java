package org.entente.client.cli.exchange;

import org.entente.client.Failure;
import org.entente.client.ReceiptFile;
import org.entente.client.Refused;
import org.entente.client.Trust;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Options;
import org.entente.endorsement.ReceiptCheck;
import org.entente.protocol.AllianceId;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `verify`: checks a receipt without any network.
final class Verify implements Command {
    private static final Parameter<Path> FILE =
            Parameter.argument("FILE", "a receipt, written by entente receipt", Path::of);
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.required(
                    "--alliance", "ID", "the alliance that it must be of", AllianceId::fromHex);
    private static final Parameter<Path> TRUST =
            Parameter.optional(
                    "--trust", "FILE", "the epoch records, by entente receipt trust", Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "verify",
                "Check a receipt without any network: by --trust, by its own epoch records, or by"
                        + " those that a directory keeps.",
                "nothing.",
                "entente verify receipt.json --alliance ID",
                List.of(
                        FILE,
                        ALLIANCE,
                        TRUST,
                        Options.IDENTITY.whenNeeded(),
                        Options.ORG.whenNeeded()));
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId alliance = call.value(ALLIANCE);
        ReceiptFile file =
                Refused.unless(
                        ReceiptFile.read(Place.read(call.value(FILE), ReceiptFile.SIZE_BYTES_MAX)));
        Optional<Trust> trust =
                call.has(TRUST)
                        ? Optional.of(KeptTrust.read(call.value(TRUST), call))
                        : KeptTrust.read(call, alliance);
        ReceiptCheck.Proven proven =
                Refused.unless(file.verify(alliance, trust, Place.verifier(call)));
        List<String> lines = new ArrayList<>(Proofs.words(proven));
        String by =
                call.has(TRUST)
                        ? "the epoch records in " + call.value(TRUST)
                        : trust.isPresent()
                                ? "the epoch records that the directory keeps"
                                : "its own epoch records";
        lines.add("checked: from the alliance's id on, by " + by + "; nobody was asked");
        return Answer.of(lines, Proofs.fields(proven).and("verified", true).and("by", by));
    }
}
