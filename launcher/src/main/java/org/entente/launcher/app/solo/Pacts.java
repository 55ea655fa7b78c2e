package org.entente.launcher.app.solo;

import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Usage;

import java.util.ArrayList;
import java.util.List;

/// `solo pacts`: which stand, and what each waits for.
final class Pacts implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "pacts",
                "List the pacts that stand, and what each still waits for.",
                "nothing.",
                "entente solo pacts --node http://127.0.0.1:7500",
                List.of(NodeOptions.NODE, NodeOptions.CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try (SoloChain chain = NodeOptions.chain(call)) {
            List<String> lines = new ArrayList<>();
            List<Fields> all = new ArrayList<>();
            for (SoloChain.Standing pact : chain.pacts()) {
                lines.add(
                        "%s until %s: %s"
                                .formatted(
                                        pact.id(),
                                        pact.until(),
                                        pact.why().map(why -> "waits, " + why).orElse("ripe")));
                all.add(
                        Fields.of("id", pact.id())
                                .and("owner", pact.owner())
                                .and("until", pact.until())
                                .and("ripe", pact.why().isEmpty())
                                .and("why", pact.why()));
            }
            return Answer.of(
                    lines.isEmpty() ? List.of("no pact stands") : lines, Fields.of("pacts", all));
        }
    }
}
