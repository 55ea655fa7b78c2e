package org.entente.client.cli.alliance;

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
import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Brake;
import org.entente.registry.Change;
import org.entente.registry.Charter;
import org.entente.registry.contract.FlowName;

import java.util.List;
import java.util.function.Function;

/// `flow pause` and `flow resume`: an organisation's own brake on a flow that touches its chain.
final class FlowBrake implements Command {
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.argument("ALLIANCE", "its id", AllianceId::fromHex);
    private static final Parameter<String> FLOW =
            Parameter.argument(
                    "FLOW", "CONTRACT/FLOW, or FLOW when one has that name", Function.identity());

    private final Brake.Position position;

    FlowBrake(Brake.Position position) {
        this.position = position;
    }

    private String word() {
        return switch (position) {
            case PULLED -> "pause";
            case RELEASED -> "resume";
        };
    }

    @Override
    public Usage usage() {
        return new Usage(
                word(),
                switch (position) {
                    case PULLED ->
                            "Stop a flow that touches the organisation's chain, at once and"
                                    + " without asking.";
                    case RELEASED -> "Release the organisation's own brake on a flow.";
                },
                "the registry log and the alliance's log.",
                "entente flow " + word() + " ALLIANCE orders --org alpha",
                List.of(
                        ALLIANCE,
                        FLOW,
                        Options.ORG.whenNeeded(),
                        Options.IDENTITY.whenNeeded(),
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId id = call.value(ALLIANCE);
        try (Office office = Office.ofEither(call)) {
            Charter charter = office.desk().registered(id).charter();
            FlowName flow = flow(charter, call.value(FLOW));
            OrganisationId organisation = office.organisation();
            int number = charter.brake(new Brake(flow, organisation)).number();
            Change change =
                    switch (position) {
                        case PULLED -> new Change.FlowPaused(id, flow, organisation, number);
                        case RELEASED -> new Change.FlowResumed(id, flow, organisation, number);
                    };
            Submitted submitted = office.desk().submit(office.signatory().sign(change));
            return office.desk()
                    .logged(
                            word() + "d: " + flow + " by " + organisation,
                            submitted,
                            Fields.of("flow", flow).and("state", word() + "d"))
                    .next("entente alliance show " + id);
        }
    }

    private static FlowName flow(Charter charter, String text) throws Refused {
        List<FlowName> found =
                charter.terms().flows().keySet().stream()
                        .filter(flow ->
                                flow.toString().equals(text) || flow.flow().text().equals(text))
                        .toList();
        if (found.size() != 1) {
            throw new Refused(
                    Fault.UNKNOWN_FLOW,
                    (found.isEmpty() ? "no flow " : "more than one flow ")
                            + text
                            + " among "
                            + charter.terms().flows().keySet());
        }
        return found.getFirst();
    }
}
