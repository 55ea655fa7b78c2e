package org.entente.client.cli.exchange;

import org.entente.client.ExchangeStatus;
import org.entente.client.Failure;
import org.entente.client.RelayClient;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Table;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.Digest;

import java.util.ArrayList;
import java.util.List;

/// `exchange show`: how far an exchange is.
final class ExchangeShow implements Command {
    @Override
    public Usage usage() {
        List<Parameter<?>> parameters = new ArrayList<>(List.of(Place.EXCHANGE));
        parameters.addAll(Place.RELAY);
        return new Usage(
                "show",
                "Say how far an exchange is, and its attempts, as the relay says. A receipt proves"
                        + " it.",
                "nothing.",
                "entente exchange show EXCHANGE --identity app-1",
                parameters);
    }

    @Override
    public Answer run(Call call) throws Failure {
        Digest exchange = call.value(Place.EXCHANGE);
        try (RelayClient relay = Place.relay(call)) {
            List<ExchangeStatus> attempts = relay.exchanges().attempts(exchange);
            Table table = new Table("ATTEMPT", "STATE", "OUTCOME", "SERIAL", "FAULT");
            List<Fields> json = new ArrayList<>();
            for (ExchangeStatus each : attempts) {
                table.row(
                        each.attempt(),
                        each.state(),
                        each.outcome().map(Enum::name).orElse("-"),
                        each.serial().map(String::valueOf).orElse("-"),
                        each.problem().map(Object::toString).orElse("-"));
                json.add(fields(each));
            }
            ExchangeStatus newest = attempts.getFirst();
            List<String> lines = new ArrayList<>(table.lines());
            lines.add("flow: " + newest.contract() + "/" + newest.flow());
            lines.add("alliance: " + newest.alliance());
            return Answer.of(
                            lines,
                            Fields.of("exchange", exchange)
                                    .and("alliance", newest.alliance())
                                    .and("contract", newest.contract())
                                    .and("flow", newest.flow())
                                    .and("attempts", json))
                    .next("entente receipt " + exchange + " --out FILE");
        }
    }

    private static Fields fields(ExchangeStatus status) {
        return Fields.of("attempt", status.attempt())
                .and("request", status.request())
                .and("state", status.state())
                .and("outcome", status.outcome())
                .and("serial", status.serial())
                .and("fault", status.problem().map(problem -> problem.code()))
                .and("detail", status.problem().map(problem -> problem.detail()))
                .and("reads", status.reads());
    }
}
