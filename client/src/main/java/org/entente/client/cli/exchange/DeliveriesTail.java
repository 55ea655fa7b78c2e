package org.entente.client.cli.exchange;

import org.entente.client.AgentClient;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.AgentDesk;
import org.entente.client.cli.party.Options;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// `deliveries tail`: what arrived at an organisation's chains, from its own agent.
final class DeliveriesTail implements Command {
    private static final Parameter<String> AFTER =
            Parameter.optional(
                    "--after",
                    "CURSOR",
                    "go on after this one; all if not said",
                    Function.identity());
    private static final Parameter<String> FOLLOW =
            Parameter.flag("--follow", "go on for ever: one JSON object in a line for each");

    @Override
    public Usage usage() {
        return new Usage(
                "tail",
                "List what was applied at the inboxes of the organisation's chains, with its"
                        + " values, in the order in which it was settled.",
                "nothing.",
                "entente deliveries tail --identity app-1 --follow",
                List.of(
                        Options.IDENTITY,
                        AgentDesk.AGENT,
                        AFTER,
                        FOLLOW,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        IdentityDirectory identity =
                IdentityDirectory.open(
                        call.value(Options.IDENTITY), call.world().cryptography().get());
        try (AgentClient agent = AgentDesk.open(call, identity)) {
            String after = call.value(AFTER, "");
            List<String> all = new ArrayList<>();
            AgentClient.Deliveries page = agent.deliveries(after);
            while (!page.items().isEmpty()) {
                all.addAll(page.items());
                if (call.has(FOLLOW)) {
                    page.items().forEach(call.world().out()::println);
                    all.clear();
                }
                after = page.next();
                page = agent.deliveries(after);
            }
            if (call.has(FOLLOW)) {
                agent.follow(after, call.world().out()::println);
            }
            List<String> lines = all.isEmpty() ? List.of("nothing arrived") : all;
            return Answer.of(lines, Fields.of("deliveries", all).and("next", after))
                    .next("entente deliveries tail --after " + after);
        }
    }
}
