package org.entente.launcher.app.data;

import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.client.Failure;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.launcher.app.solo.NodeOptions;
import org.entente.launcher.app.solo.SoloChain;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The commands that tell the contract one thing: `grant`, `revoke`, `erase`.
final class Acts {
    private static final Parameter<VerifyingKey> ACCOUNT =
            Parameter.argument(
                    "ACCOUNT",
                    "an account's public key, 128 hexadecimal digits",
                    text -> new VerifyingKey(Bytes.fromHex(text)));
    private static final Parameter<String> PURPOSE =
            Parameter.required("--purpose", "PURPOSE", "what it may be read for", text -> text);
    private static final Parameter<Instant> UNTIL =
            Parameter.required(
                    "--until", "TIME", "until when, as 2027-01-01T00:00:00Z", Instant::parse);
    private static final Parameter<String> REASON =
            Parameter.required(
                    "--reason", "REASON", "why, for everyone and for ever", text -> text);

    private Acts() {}

    static List<Command> all() {
        return List.of(
                new Told(
                        "grant",
                        "By the owner: let an account read data for a purpose, until then.",
                        "the chain.",
                        "press/7/film 3f… --purpose audit --until 2027-01-01T00:00:00Z",
                        List.of(DataDesk.ID, ACCOUNT, PURPOSE, UNTIL),
                        call ->
                                new DataDeed.Allow(
                                        call.value(DataDesk.ID),
                                        call.value(ACCOUNT),
                                        call.value(PURPOSE),
                                        call.value(UNTIL))),
                new Told(
                        "revoke",
                        "By the owner: take a grant back.",
                        "the chain.",
                        "press/7/film 3f… --purpose audit",
                        List.of(DataDesk.ID, ACCOUNT, PURPOSE),
                        call ->
                                new DataDeed.Revoke(
                                        call.value(DataDesk.ID),
                                        call.value(ACCOUNT),
                                        call.value(PURPOSE))),
                new Told(
                        "erase",
                        "By the owner: make all versions of data unreadable for ever.",
                        "the chain; the nodes then destroy keys and chunks. Hashes stay.",
                        "press/7/film --reason 'contract ended'",
                        List.of(DataDesk.ID, REASON),
                        call -> new DataDeed.Erase(call.value(DataDesk.ID), call.value(REASON))));
    }

    /// What a command tells.
    @FunctionalInterface
    interface Telling {
        DataDeed deed(Call call) throws Failure;
    }

    static Answer included(DataId id, SoloChain.Included included) {
        return Answer.of(
                "in block " + included.height(),
                Fields.of("id", id)
                        .and("transaction", included.id())
                        .and("height", included.height()));
    }

    /// A command that tells one thing.
    record Told(
            String word,
            String summary,
            String changes,
            String example,
            List<Parameter<?>> parameters,
            Telling telling)
            implements Command {
        Told {
            parameters = List.copyOf(parameters);
        }

        @Override
        public Usage usage() {
            List<Parameter<?>> all = new ArrayList<>(parameters);
            all.addAll(List.of(NodeOptions.KEY, NodeOptions.NODE, NodeOptions.CERTIFICATE));
            return new Usage(
                    word,
                    summary,
                    changes,
                    "entente data "
                            + word
                            + " "
                            + example
                            + " --key account.p12 --node http://127.0.0.1:7700",
                    all);
        }

        @Override
        public Answer run(Call call) throws Failure {
            DataDeed deed = telling.deed(call);
            try (DataDesk desk = DataDesk.open(call)) {
                return included(deed.id(), desk.tell(deed));
            }
        }
    }
}
