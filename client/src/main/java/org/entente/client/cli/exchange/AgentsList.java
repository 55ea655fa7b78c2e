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

/// `agents list`: who is there, and who was silent, wrong or of another opinion.
final class AgentsList implements Command {
    @Override
    public Usage usage() {
        List<Parameter<?>> parameters = new ArrayList<>(List.of(ParkedList.ALLIANCE));
        parameters.addAll(Place.RELAY);
        return new Usage(
                "list",
                "List an alliance's agents: whether each is connected, how far it has sealed, how"
                        + " often it was silent, wrong or disagreed, and the last of it in words,"
                        + " as the relay says.",
                "nothing.",
                "entente agents list ALLIANCE --identity agent-1",
                parameters);
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId alliance = call.value(ParkedList.ALLIANCE);
        try (RelayClient relay = Place.relay(call)) {
            List<String> agents = relay.exchanges().agents(alliance);
            return Answer.of(agents, Fields.of("alliance", alliance).and("agents", agents));
        }
    }
}
