package org.entente.client.cli.exchange;

import org.entente.client.Failure;
import org.entente.client.RelayClient;
import org.entente.client.RelayExchanges;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.AllianceId;

import java.util.ArrayList;
import java.util.List;

/// `affected list`: final blocks that were replaced, and what that affects.
final class AffectedList implements Command {
    @Override
    public Usage usage() {
        List<Parameter<?>> parameters = new ArrayList<>(List.of(ParkedList.ALLIANCE));
        parameters.addAll(Place.RELAY);
        return new Usage(
                "list",
                "List which agents say that a final block of a chain was replaced, the flows that"
                        + " stand still for it, and the exchanges that it affects, as the relay"
                        + " says.",
                "nothing.",
                "entente affected list ALLIANCE --identity agent-1",
                parameters);
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId alliance = call.value(ParkedList.ALLIANCE);
        try (RelayClient relay = Place.relay(call)) {
            RelayExchanges.Affected found = relay.exchanges().affected(alliance);
            List<String> lines = new ArrayList<>(found.breaks());
            found.broken().forEach(flow -> lines.add("stands still: " + flow));
            lines.addAll(found.affected());
            if (lines.isEmpty()) {
                lines.add("no final block was replaced");
            }
            Answer answer =
                    Answer.of(
                            lines,
                            Fields.of("alliance", alliance)
                                    .and("breaks", found.breaks())
                                    .and("broken", found.broken())
                                    .and("affected", found.affected()));
            return found.broken().isEmpty()
                    ? answer
                    : answer.next(
                            "entente agent --config FILE --accept-chain CHAIN --point HEIGHT:HASH");
        }
    }
}
