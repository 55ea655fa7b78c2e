package org.entente.client.cli.organisation;

import org.entente.client.Failure;
import org.entente.client.Submitted;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Durations;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.Office;
import org.entente.client.cli.party.Options;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.registry.Approver;
import org.entente.registry.Change;
import org.entente.registry.Requirement;
import org.entente.registry.contract.ResourcePattern;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// `require offer` and `require want`: files what a node offers or wants.
final class RequireFile implements Command {
    private static final Duration STANDARD = Duration.ofDays(365);
    private static final Parameter<ChainId> CHAIN =
            Parameter.required("--chain", "CHAIN", "the chain that has the resource", ChainId::new);
    private static final Parameter<ResourcePattern> RESOURCE =
            Parameter.required(
                    "--resource", "PATTERN", "such as orders/* or orders/**", ResourcePattern::new);
    private static final Parameter<Name> OPERATION =
            Parameter.optional("--operation", "OP", "copy if not said", Name::new);
    private static final Parameter<String> PURPOSE =
            Parameter.required("--purpose", "TEXT", "what for", Function.identity());
    private static final Parameter<Long> RATE =
            Parameter.optional("--rate", "N", "how often per hour, 60 if not said", Long::valueOf);
    private static final Parameter<Duration> VALID =
            Parameter.optional(
                    "--valid", "TIME", "how long it holds, 365d if not said", Durations::read);
    private static final long RATE_STANDARD = 60;

    private final Requirement.Direction direction;

    RequireFile(Requirement.Direction direction) {
        this.direction = direction;
    }

    private String word() {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Usage usage() {
        return new Usage(
                word(),
                switch (direction) {
                    case OFFER -> "File that a node offers a resource of its organisation's chain.";
                    case WANT -> "File that a node wants a resource of a chain.";
                },
                "the registry log.",
                "entente require "
                        + word()
                        + " --identity app-1 --chain solo:orders --resource orders/*"
                        + " --purpose \"settle orders\"",
                List.of(
                        Options.IDENTITY,
                        CHAIN,
                        RESOURCE,
                        OPERATION,
                        PURPOSE,
                        RATE,
                        VALID,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (Office office = Office.ofNode(call)) {
            Requirement requirement =
                    new Requirement(
                            ((Approver.Node) office.signatory().approver()).node(),
                            direction,
                            call.value(CHAIN),
                            call.value(RESOURCE),
                            call.value(OPERATION, new Name("copy")),
                            call.value(PURPOSE),
                            call.value(RATE, RATE_STANDARD),
                            call.world()
                                    .clock()
                                    .instant()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .plus(call.value(VALID, STANDARD)));
            Submitted submitted =
                    office.desk()
                            .submit(
                                    office.signatory()
                                            .sign(new Change.RequirementFiled(requirement)));
            return office.desk()
                    .logged(
                            "filed: " + word() + " " + requirement.resource().text(),
                            submitted,
                            Fields.of("requirement", submitted.change()))
                    .next("see what fits: entente require match");
        }
    }
}
