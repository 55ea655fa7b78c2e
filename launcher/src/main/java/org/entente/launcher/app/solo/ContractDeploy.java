package org.entente.launcher.app.solo;

import org.entente.chain.Action;
import org.entente.chain.contract.sandbox.Code;
import org.entente.chain.contract.sandbox.Deployment;
import org.entente.chain.contract.sandbox.JavaContracts;
import org.entente.client.Failure;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.Bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `solo deploy`: brings a contract in Java to the chain.
final class ContractDeploy implements Command {
    private static final Parameter<String> MAIN =
            Parameter.argument("MAIN", "its main class", text -> text);
    private static final Parameter<Path> FOLDER =
            Parameter.argument("FOLDER", "where its class files are, and no others", Path::of);

    @Override
    public Usage usage() {
        return new Usage(
                "deploy",
                "Bring a contract in Java to the chain, or its next version; what it keeps stays."
                        + " Compile it with -XDstringConcat=inline.",
                "what calls of the contract do.",
                "entente solo deploy tokens Tokens classes --key owner.p12 --node"
                        + " http://127.0.0.1:7500",
                List.of(
                        ContractShow.NAME,
                        MAIN,
                        FOLDER,
                        NodeOptions.KEY,
                        NodeOptions.NODE,
                        NodeOptions.CERTIFICATE));
    }

    @Override
    public Answer run(Call call) throws Failure {
        Code code = new Code(call.value(MAIN), classes(call.value(FOLDER)));
        Deployment deployment = new Deployment(call.value(ContractShow.NAME), encoded(code));
        Action action =
                new Action.Call(
                        JavaContracts.CODE,
                        "deploy",
                        Deployment.FORMAT.encode(deployment),
                        Optional.empty());
        try (SoloChain chain = NodeOptions.chain(call)) {
            return SoloCommands.included(chain.send(NodeOptions.account(call), action))
                    .line("code " + Code.FORMAT.digest(code))
                    .next("call it: entente solo call " + deployment.contract());
        }
    }

    private static Bytes encoded(Code code) throws Unusable {
        try {
            return Code.FORMAT.encode(code);
        } catch (IllegalArgumentException e) {
            throw new Unusable("the class files are too large: " + e.getMessage(), "Make it less.");
        }
    }

    private static List<Bytes> classes(Path folder) throws Unusable {
        List<Bytes> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".class")).sorted().toList()) {
                classes.add(Bytes.copyOf(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new Unusable("cannot read " + folder + ": " + e, "Compile the contract into it.");
        }
        if (classes.isEmpty()) {
            throw new Unusable(folder + " has no class file", "Compile the contract into it.");
        }
        return classes;
    }
}
