package org.entente.client.cli.alliance;

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
import org.entente.protocol.AllianceId;
import org.entente.registry.Act;
import org.entente.registry.Change;
import org.entente.registry.Charter;

import java.util.List;
import java.util.Locale;

/// `alliance suspend`, `resume` and `dissolve`: proposes it to the members.
final class AllianceAct implements Command {
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.argument("ALLIANCE", "its id", AllianceId::fromHex);

    private final Act act;

    AllianceAct(Act act) {
        this.act = act;
    }

    private String word() {
        return act.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Usage usage() {
        return new Usage(
                word(),
                switch (act) {
                    case SUSPEND -> "Propose to stop all exchanges of an alliance.";
                    case RESUME -> "Propose to let a suspended alliance exchange again.";
                    case DISSOLVE -> "Propose to end an alliance for good.";
                },
                "the registry log; the alliance once its amendment rule is met by signatures.",
                "entente alliance " + word() + " ALLIANCE --identity agent-1",
                List.of(
                        ALLIANCE,
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
            Change.ActProposed proposed =
                    new Change.ActProposed(id, charter.terms().digest(), charter.acts(), act);
            Submitted submitted = office.desk().submit(office.signatory().sign(proposed));
            return office.desk()
                    .logged(
                            "proposed: " + word() + " " + id,
                            submitted,
                            Fields.of("proposal", proposed.subject()).and("act", word()))
                    .next(
                            "the agents sign: entente contract sign "
                                    + proposed.subject()
                                    + " --identity DIR");
        }
    }
}
