package org.entente.launcher.app.solo;

import org.entente.chain.Action;
import org.entente.chain.contract.Answer.Emitted;
import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.Bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `solo call`: asks a contract, built in or in Java.
final class ContractCall implements Command {
    private static final Parameter<String> METHOD =
            Parameter.argument("METHOD", "what it is asked", text -> text);
    private static final Parameter<Bytes> ARGUMENTS =
            Parameter.optional("--text", "TEXT", "its arguments, as text", Bytes::utf8);
    private static final Parameter<Bytes> HEX =
            Parameter.optional("--hex", "HEX", "its arguments, before --text", Bytes::fromHex);

    @Override
    public Usage usage() {
        return new Usage(
                "call",
                "Call a contract of the chain; answered when that is final.",
                "what the contract keeps.",
                "entente solo call tokens issue --text 100 --key account.p12 --node"
                        + " http://127.0.0.1:7500",
                List.of(
                        ContractShow.NAME,
                        METHOD,
                        ARGUMENTS,
                        HEX,
                        NodeOptions.KEY,
                        NodeOptions.NODE,
                        NodeOptions.CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Bytes arguments =
                call.optional(HEX)
                        .orElse(Bytes.EMPTY)
                        .concat(call.optional(ARGUMENTS).orElse(Bytes.EMPTY));
        Action action =
                new Action.Call(
                        call.value(ContractShow.NAME),
                        call.value(METHOD),
                        arguments,
                        Optional.empty());
        try (SoloChain chain = NodeOptions.chain(call)) {
            return answered(chain.send(NodeOptions.account(call), action));
        }
    }

    private static Answer answered(SoloChain.Included included) {
        var answer = org.entente.chain.contract.Answer.FORMAT.decode(included.result()).orThrow();
        List<String> lines = new ArrayList<>();
        lines.add(shown(answer.output()));
        List<Fields> events = new ArrayList<>();
        for (Emitted event : answer.events()) {
            lines.add("told " + event.topic() + " " + shown(event.data()));
            events.add(Fields.of("topic", event.topic()).and("data", event.data().hex()));
        }
        lines.add("in block " + included.height());
        return Answer.of(
                lines,
                Fields.of("id", included.id())
                        .and("height", included.height())
                        .and("output", answer.output().hex())
                        .and("events", events));
    }

    /// As text where it is nothing else, so that no terminal is given what drives it.
    static String shown(Bytes bytes) {
        String text = bytes.asUtf8();
        return text.matches("[\\x20-\\x7e]*") ? text : bytes.hex();
    }
}
