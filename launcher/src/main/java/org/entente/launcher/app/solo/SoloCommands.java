package org.entente.launcher.app.solo;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Group;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The commands of `entente solo`, which serve all chains of our own.
public final class SoloCommands {
    private static final Parameter<Bytes> STATE_KEY =
            Parameter.argument("KEY", "the key, as text", Bytes::utf8);
    private static final Parameter<Bytes> VALUE =
            Parameter.argument("VALUE", "the value, as text", Bytes::utf8);
    private static final Parameter<VerifyingKey> ACCOUNT =
            Parameter.argument(
                    "ACCOUNT",
                    "an account's public key, 128 hexadecimal digits",
                    text -> new VerifyingKey(Bytes.fromHex(text)));
    private static final Parameter<Path> FILE =
            Parameter.argument("FILE", "the key file to make (PKCS#12)", Path::of);
    static final Parameter<String> INBOX =
            Parameter.required("--inbox", "ADDRESS", "the inbox contract's address", text -> text);
    private static final Parameter<Bytes> PREFIX =
            Parameter.argument("PREFIX", "how the keys begin, as text", Bytes::utf8);

    private static final Parameter<Digest> PACT =
            Parameter.argument("PACT", "the pact's id", Digest::fromHex);

    private SoloCommands() {}

    public static Group group() {
        return new Group(
                "solo",
                "A chain of our own by hand, solo, por or industrial, through any of its nodes:"
                        + " keys, accounts, values, contracts, pacts, its inbox contract.",
                () ->
                        List.of(
                                new Key(),
                                new Status(),
                                new Get(),
                                new Sent(
                                        "put",
                                        "Write a value under a key of the chain's own.",
                                        "the key; answered when that is final.",
                                        "orders/1 '{\"goods\": 7}'",
                                        List.of(STATE_KEY, VALUE),
                                        call ->
                                                new Action.Put(
                                                        call.value(STATE_KEY),
                                                        Optional.empty(),
                                                        call.value(VALUE))),
                                new Sent(
                                        "admit",
                                        "By the chain's owner: let an account send transactions.",
                                        "the chain's accounts.",
                                        "3f…",
                                        List.of(ACCOUNT),
                                        call -> new Action.Admit(call.value(ACCOUNT))),
                                new Found(),
                                new Sent(
                                        "close",
                                        "By the inbox's owner: refuse deliveries to keys that begin"
                                                + " so, until they are opened.",
                                        "the inbox contract.",
                                        "declared/ --inbox inbox-customs",
                                        List.of(PREFIX, INBOX),
                                        call ->
                                                new Action.Close(
                                                        call.value(INBOX), call.value(PREFIX))),
                                new Sent(
                                        "open",
                                        "By the inbox's owner: take back a close.",
                                        "the inbox contract.",
                                        "declared/ --inbox inbox-customs",
                                        List.of(PREFIX, INBOX),
                                        call ->
                                                new Action.Open(
                                                        call.value(INBOX), call.value(PREFIX))),
                                new ContractShow(),
                                new ContractDeploy(),
                                new ContractCall(),
                                new Pacts(),
                                new Agree(),
                                new Fulfil(),
                                new Sent(
                                        "withdraw",
                                        "By a pact's owner: let it stand no longer.",
                                        "the pacts that stand.",
                                        "5b…",
                                        List.of(PACT),
                                        call -> new Action.Withdraw(call.value(PACT)))));
    }

    /// `solo key`.
    private static final class Key implements Command {
        @Override
        public Usage usage() {
            return new Usage(
                    "key",
                    "Make the key of an account and print its public key.",
                    "makes FILE, and a fresh password in FILE.password.",
                    "entente solo key alpha/account.p12",
                    List.of(FILE));
        }

        @Override
        public Answer run(Call call) throws Failure {
            Path file = call.value(FILE).toAbsolutePath().normalize();
            Signer signer = AccountKey.make(file, call.world());
            return Answer.of(
                            signer.key().toString(),
                            Fields.of("key", signer.key()).and("file", file))
                    .next("the chain's owner admits it: entente solo admit " + signer.key());
        }
    }

    /// `solo status`.
    private static final class Status implements Command {
        @Override
        public Usage usage() {
            return new Usage(
                    "status",
                    "Show the chain: its name, genesis, owner, newest height.",
                    "nothing.",
                    "entente solo status --node http://127.0.0.1:7500",
                    List.of(NodeOptions.NODE, NodeOptions.CERTIFICATE));
        }

        @Override
        public Answer run(Call call) throws Failure {
            try (SoloChain chain = NodeOptions.chain(call)) {
                SoloChain.Status status = chain.status();
                return Answer.of(
                        List.of(
                                status.chain() + " at height " + status.height(),
                                "genesis " + status.genesis(),
                                "owner " + status.owner()),
                        Fields.of("chain", status.chain())
                                .and("genesis", status.genesis())
                                .and("owner", status.owner())
                                .and("height", status.height()));
            }
        }
    }

    /// `solo get`.
    private static final class Get implements Command {
        @Override
        public Usage usage() {
            return new Usage(
                    "get",
                    "Show what a key holds: of the chain's own, or as delivered to an inbox.",
                    "nothing.",
                    "entente solo get orders/1 --node http://127.0.0.1:7500",
                    List.of(
                            STATE_KEY,
                            INBOX.whenNeeded(),
                            NodeOptions.NODE,
                            NodeOptions.CERTIFICATE));
        }

        @Override
        public Answer run(Call call) throws Failure {
            try (SoloChain chain = NodeOptions.chain(call)) {
                SoloChain.Value value = chain.value(call.value(STATE_KEY), call.optional(INBOX));
                return Answer.of(
                        value.value().map(Bytes::asUtf8).orElse("(nothing)"),
                        Fields.of("value", value.value().map(Bytes::asUtf8))
                                .and("version", value.version().map(Bytes::hex))
                                .and("height", value.height()));
            }
        }
    }

    /// What a command sends.
    @FunctionalInterface
    private interface Sending {
        Action action(Call call) throws Failure;
    }

    /// A command that sends one transaction.
    private static final class Sent implements Command {
        private final String word;
        private final String summary;
        private final String changes;
        private final String example;
        private final List<Parameter<?>> parameters;
        private final Sending sending;

        private Sent(
                String word,
                String summary,
                String changes,
                String example,
                List<Parameter<?>> parameters,
                Sending sending) {
            this.word = word;
            this.summary = summary;
            this.changes = changes;
            this.example = example;
            this.parameters = parameters;
            this.sending = sending;
        }

        @Override
        public Usage usage() {
            List<Parameter<?>> all = new ArrayList<>(parameters);
            all.addAll(List.of(NodeOptions.KEY, NodeOptions.NODE, NodeOptions.CERTIFICATE));
            return new Usage(
                    word,
                    summary,
                    changes,
                    "entente solo "
                            + word
                            + " "
                            + example
                            + " --key account.p12 --node http://127.0.0.1:7500",
                    all);
        }

        @Override
        public Answer run(Call call) throws Failure {
            try (SoloChain chain = NodeOptions.chain(call)) {
                return included(chain.send(NodeOptions.account(call), sending.action(call)));
            }
        }
    }

    static Answer included(SoloChain.Included included) {
        return Answer.of(
                "in block " + included.height(),
                Fields.of("id", included.id())
                        .and("height", included.height())
                        .and("index", included.index()));
    }
}
