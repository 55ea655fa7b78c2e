package org.entente.launcher.app.solo;

import org.entente.chain.Action;
import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;

import java.nio.file.Path;
import java.util.List;

/// `solo agree`: makes a pact.
final class Agree implements Command {
    private static final Parameter<Path> PACT =
            Parameter.argument("PACT", "a file of JSON: until, when, then", Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "agree",
                "Make a pact: what the chain does once something holds. Print its id.",
                "the pacts that stand.",
                "entente solo agree pact.json --key account.p12 --node http://127.0.0.1:7500",
                List.of(PACT, NodeOptions.KEY, NodeOptions.NODE, NodeOptions.CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Action action = new Action.Agree(PactFile.read(call.value(PACT)));
        try (SoloChain chain = NodeOptions.chain(call)) {
            SoloChain.Included included = chain.send(NodeOptions.account(call), action);
            return SoloCommands.included(included)
                    .line("pact " + included.id())
                    .next("see what it waits for: entente solo pacts");
        }
    }
}
