package org.entente.client.cli.exchange;

import org.entente.client.Failure;
import org.entente.client.RelayClient;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.AllianceId;

import java.util.ArrayList;
import java.util.List;

/// `parked list`: exchanges that could not be delivered in the tries there are.
final class ParkedList implements Command {
    static final Parameter<AllianceId> ALLIANCE =
            Parameter.argument("ALLIANCE", "its id", AllianceId::fromHex);

    @Override
    public Usage usage() {
        List<Parameter<?>> parameters = new ArrayList<>(List.of(ALLIANCE));
        parameters.addAll(Place.RELAY);
        return new Usage(
                "list",
                "List the exchanges whose delivery is parked, and why, as the relay says.",
                "nothing.",
                "entente parked list ALLIANCE --identity agent-1",
                parameters);
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId alliance = call.value(ALLIANCE);
        try (RelayClient relay = Place.relay(call)) {
            List<String> parked = relay.exchanges().parked(alliance);
            List<String> lines = parked.isEmpty() ? List.of("nothing is parked") : parked;
            Answer answer = Answer.of(lines, Fields.of("alliance", alliance).and("parked", parked));
            return parked.isEmpty()
                    ? answer
                    : answer.next("entente parked retry " + alliance + " SERIAL --identity DIR");
        }
    }
}
