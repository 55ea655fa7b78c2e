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
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.registry.Change;
import org.entente.registry.Inbox;

import java.util.List;
import java.util.function.Function;

/// `chain add`: enters a chain of the organisation into the registry.
final class ChainAdd implements Command {
    private static final Parameter<ChainId> CHAIN =
            Parameter.argument("CHAIN", "CAIP-2 name, such as eip155:1", ChainId::new);
    private static final Parameter<String> TITLE =
            Parameter.required("--title", "TEXT", "what people call it", Function.identity());
    private static final Parameter<Name> KIND =
            Parameter.required(
                    "--kind", "K", "what runs it: por, industrial, fabric, ethereum, …", Name::new);
    private static final Parameter<Digest> GENESIS =
            Parameter.required("--genesis", "HEX", "the hash of its first block", Digest::fromHex);
    private static final Parameter<Inbox> INBOX =
            Parameter.optional(
                    "--inbox",
                    "ADDR:CODEDIGEST",
                    "its inbox contract: address and digest of the code",
                    ChainAdd::inbox);

    @Override
    public Usage usage() {
        return new Usage(
                "add",
                "Add a chain that the organisation owns.",
                "the registry log.",
                "entente chain add solo:orders --org alpha --title Orders --kind industrial"
                        + " --genesis "
                        + "ab".repeat(Digest.SIZE_BYTES),
                List.of(
                        CHAIN,
                        Options.ORG,
                        TITLE,
                        KIND,
                        GENESIS,
                        INBOX,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (Office office = Office.ofOrganisation(call)) {
            Change change =
                    new Change.ChainAdded(
                            call.value(CHAIN),
                            office.organisation(),
                            call.value(TITLE),
                            call.value(KIND),
                            call.value(GENESIS),
                            call.optional(INBOX));
            Submitted submitted = office.desk().submit(office.signatory().sign(change));
            return office.desk()
                    .logged(
                            call.value(CHAIN) + " is added",
                            submitted,
                            Fields.of("chain", call.value(CHAIN)))
                    .next("file what its nodes offer or want: entente require");
        }
    }

    /// The last colon divides: addresses may have colons.
    private static Inbox inbox(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "an inbox is ADDRESS:CODEDIGEST, not '" + text + "'");
        }
        return new Inbox(text.substring(0, colon), Digest.fromHex(text.substring(colon + 1)));
    }
}
