package org.entente.launcher.app.solo;

import org.entente.chain.contract.sandbox.Deployed;
import org.entente.chain.contract.sandbox.JavaContracts;
import org.entente.client.Failure;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.Bytes;
import org.entente.protocol.Name;

import java.util.List;
import java.util.Optional;

/// `solo contract`: what stands under a contract's name.
final class ContractShow implements Command {
    static final Parameter<Name> NAME =
            Parameter.argument("NAME", "the contract's name", Name::new);
    private static final Parameter<Bytes> KEY =
            Parameter.optionalArgument("KEY", "a key that it keeps, as text", Bytes::utf8);

    @Override
    public Usage usage() {
        return new Usage(
                "contract",
                "Show a contract in Java: its owner and its code's digest, or what it keeps under"
                        + " a key.",
                "nothing.",
                "entente solo contract tokens issuer --node http://127.0.0.1:7500",
                List.of(NAME, KEY, NodeOptions.NODE, NodeOptions.CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Name name = call.value(NAME);
        Optional<Bytes> key = call.optional(KEY);
        try (SoloChain chain = NodeOptions.chain(call)) {
            return key.isPresent() ? kept(chain.kept(name, key.get())) : code(chain, name);
        }
    }

    private static Answer kept(SoloChain.Value value) {
        return Answer.of(
                value.value().map(ContractCall::shown).orElse("(nothing)"),
                Fields.of("value", value.value().map(Bytes::hex))
                        .and("version", value.version().map(Bytes::hex))
                        .and("height", value.height()));
    }

    private static Answer code(SoloChain chain, Name name) throws Failure {
        Bytes found =
                chain.kept(JavaContracts.CODE, JavaContracts.keyOf(name))
                        .value()
                        .orElseThrow(() ->
                                new Unusable(
                                        "no contract in Java is named " + name,
                                        "Bring it: entente solo deploy."));
        Deployed deployed = Deployed.FORMAT.decode(found).orThrow();
        return Answer.of(
                List.of("owner " + deployed.owner(), "code " + deployed.code()),
                Fields.of("owner", deployed.owner()).and("code", deployed.code()));
    }
}
