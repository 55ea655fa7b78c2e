package org.entente.launcher.app.solo;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.client.Failure;
import org.entente.client.Refused;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Durations;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// `solo fulfil`: brings pacts that are ripe to their end, once or again and again.
final class Fulfil implements Command {
    private static final Parameter<Duration> EVERY =
            Parameter.optional(
                    "--every",
                    "TIME",
                    "look again so often, until interrupted; once if not said",
                    Fulfil::often);

    private static Duration often(String text) {
        Duration often = Durations.read(text);
        if (often.isZero()) {
            throw new IllegalArgumentException("at least 1s: a node answers others as well");
        }
        return often;
    }

    @Override
    public Usage usage() {
        return new Usage(
                "fulfil",
                "Fulfil the pacts that are ripe. The chain's nodes do so too; whoever comes second"
                        + " is told so and nothing is done twice.",
                "what the pacts say.",
                "entente solo fulfil --every 1s --key account.p12 --node http://127.0.0.1:7500",
                List.of(EVERY, NodeOptions.KEY, NodeOptions.NODE, NodeOptions.CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Signer account = NodeOptions.account(call);
        try (SoloChain chain = NodeOptions.chain(call)) {
            if (call.optional(EVERY).isPresent()) {
                again(
                        chain,
                        account,
                        call.value(EVERY, Duration.ZERO),
                        call.world().out()::println);
            }
            List<String> lines = new ArrayList<>();
            int done = round(chain, account, lines::add);
            return Answer.of(
                    lines.isEmpty() ? List.of("no pact is ripe") : lines,
                    Fields.of("fulfilled", done));
        }
    }

    private static void again(
            SoloChain chain, Signer account, Duration every, Consumer<String> said) throws Failure {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                round(chain, account, said);
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int round(SoloChain chain, Signer account, Consumer<String> said)
            throws Failure {
        int done = 0;
        for (SoloChain.Standing pact : chain.pacts()) {
            if (pact.why().isEmpty()) {
                done += fulfilled(chain, account, pact, said) ? 1 : 0;
            }
        }
        return done;
    }

    private static boolean fulfilled(
            SoloChain chain, Signer account, SoloChain.Standing pact, Consumer<String> said)
            throws Failure {
        try {
            SoloChain.Included included = chain.send(account, new Action.Fulfil(pact.id()));
            said.accept(pact.id() + " in block " + included.height());
            return true;
        } catch (Refused e) {
            // Somebody was faster, or changed what it waits for: the next look tells.
            said.accept(pact.id() + " not now: " + e.problem().detail());
            return false;
        }
    }
}
