package org.entente.client.cli.exchange;

import org.entente.client.Asking;
import org.entente.client.ExchangeStatus;
import org.entente.client.Exchanges;
import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.Outcome;
import org.entente.client.Patience;
import org.entente.client.Plan;
import org.entente.client.Receipts;
import org.entente.client.Unreachable;
import org.entente.client.Until;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Durations;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.party.AgentDesk;
import org.entente.client.cli.party.Options;
import org.entente.client.cli.party.RelayDesk;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Name;
import org.entente.protocol.exchange.Asked;
import org.entente.registry.contract.FlowName;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `exchange`: asks for one and follows it to its end.
final class ExchangeAsk implements Command {
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.optionalArgument("ALLIANCE", "its id", AllianceId::fromHex);
    private static final Parameter<FlowName> FLOW =
            Parameter.optionalArgument(
                    "CONTRACT/FLOW", "the contract and the flow in it", ExchangeAsk::flow);
    private static final Parameter<Path> ARGUMENTS =
            Parameter.optionalArgument(
                    "ARGUMENTS",
                    "a JSON file for the node contract, - for standard input",
                    Path::of);
    private static final Parameter<String> DRY_RUN =
            Parameter.flag(
                    "--dry-run", "say who would sign and which rule refuses; nothing is asked");
    private static final Parameter<Until> UNTIL =
            Parameter.optional(
                    "--until", "STATE", "wait until sealed, or settled (if not said)", Until::read);
    private static final Parameter<Duration> DEADLINE =
            Parameter.optional(
                    "--deadline", "TIME", "wait so long at most, 60s if not said", Durations::read);
    private static final Parameter<Path> RECEIPT =
            Parameter.optional("--receipt", "FILE", "write the receipt there", Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "exchange",
                "Ask for an exchange with a transaction certificate of DIR, try again where that"
                        + " is right, and wait for its end.",
                "the alliance's log and, when it is VALID, the destination's chain.",
                "entente exchange ALLIANCE trade/orders order.json --identity app-1",
                List.of(
                        ALLIANCE,
                        FLOW,
                        ARGUMENTS,
                        Options.IDENTITY.whenNeeded(),
                        AgentDesk.AGENT,
                        DRY_RUN,
                        UNTIL,
                        DEADLINE,
                        RECEIPT,
                        Options.RELAY,
                        Options.RELAY_CERTIFICATE));
    }

    @Override
    public List<Command> below() {
        return List.of(new ExchangeShow());
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId alliance = call.value(ALLIANCE);
        FlowName flow = call.value(FLOW);
        Bytes arguments = arguments(call);
        IdentityDirectory identity =
                IdentityDirectory.open(
                        call.value(Options.IDENTITY), call.world().cryptography().get());
        Plan plan =
                Plan.STANDARD
                        .until(call.value(UNTIL, Until.SETTLED))
                        .deadline(call.value(DEADLINE, Plan.STANDARD.deadline()));
        try (Exchanges exchanges =
                new Exchanges(
                        RelayDesk.place(call, Optional.of(identity.home())),
                        Patience.STANDARD,
                        new FetchedCredentials(call, identity),
                        Place.verifier(call),
                        call.world().clock(),
                        call.world().random())) {
            Asking asking = exchanges.asking(alliance, flow, arguments);
            if (call.has(DRY_RUN)) {
                String json = exchanges.dryRun(asking, plan);
                return Answer.of(json, Fields.of("dryRun", json));
            }
            Outcome outcome =
                    exchanges.ask(asking, plan, status -> call.progress().say(words(status)));
            if (outcome.ending() instanceof Outcome.Open(Optional<ExchangeStatus> seen)) {
                throw open(outcome, seen);
            }
            Answer answer = Outcomes.answer(outcome);
            return call.has(RECEIPT) ? withReceipt(call, exchanges, outcome, answer) : answer;
        }
    }

    /// Nothing is known of how it ends, so this is no success.
    private static Unreachable open(Outcome outcome, Optional<ExchangeStatus> seen) {
        return new Unreachable(
                Unreachable.Kind.NO_ANSWER,
                "the deadline passed and the exchange "
                        + outcome.exchange()
                        + " has not ended"
                        + seen.map(status -> ", it is " + status.state()).orElse(""),
                "entente exchange show " + outcome.exchange());
    }

    private static Answer withReceipt(
            Call call, Exchanges exchanges, Outcome outcome, Answer answer) throws Failure {
        if (!Outcomes.isLogged(outcome.ending())) {
            return answer;
        }
        Receipts.Checked receipt = exchanges.receipt(outcome.exchange(), Optional.empty());
        Path file = call.value(RECEIPT);
        Place.write(file, receipt.file().write());
        answer.json().and("receipt", file);
        return answer.line("receipt: " + file);
    }

    private static String words(ExchangeStatus status) {
        return "attempt " + status.attempt() + ": " + status.state();
    }

    private static Bytes arguments(Call call) throws Unusable {
        Path file = call.value(ARGUMENTS);
        if (!file.equals(Path.of("-"))) {
            return Place.read(file, Asked.ARGUMENTS_SIZE_BYTES_MAX);
        }
        try {
            byte[] read = System.in.readNBytes(Asked.ARGUMENTS_SIZE_BYTES_MAX + 1);
            if (read.length > Asked.ARGUMENTS_SIZE_BYTES_MAX) {
                throw new Unusable(
                        "arguments have at most " + Asked.ARGUMENTS_SIZE_BYTES_MAX + " bytes",
                        "Give less on standard input.");
            }
            return Bytes.copyOf(read);
        } catch (IOException e) {
            throw new Unusable(
                    "standard input cannot be read: " + e.getMessage(), "Name a file instead.");
        }
    }

    private static FlowName flow(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a flow is named CONTRACT/FLOW, not " + text);
        }
        return new FlowName(
                new Name(text.substring(0, slash)), new Name(text.substring(slash + 1)));
    }
}
