package org.entente.client.cli.exchange;

import org.entente.client.ExchangeStatus;
import org.entente.client.Failure;
import org.entente.client.ReceiptFile;
import org.entente.client.Receipts;
import org.entente.client.RelayClient;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `receipt`: fetches an exchange's receipt, checks it and writes it to a file.
final class ReceiptFetch implements Command {
    static final Parameter<Path> OUT =
            Parameter.required("--out", "FILE", "where it is written to", Path::of);
    private static final Parameter<Digest> EXCHANGE =
            Parameter.optionalArgument(
                    "EXCHANGE", "the exchange, as it was answered", Digest::fromHex);
    private static final Parameter<String> PORTABLE =
            Parameter.flag(
                    "--portable", "with the epoch records, so that the alliance's id proves it");
    private static final Parameter<Integer> ATTEMPT =
            Parameter.optional(
                    "--attempt", "N", "of that attempt, not the newest", Integer::valueOf);

    @Override
    public Usage usage() {
        List<Parameter<?>> parameters =
                new ArrayList<>(List.of(EXCHANGE, OUT.whenNeeded(), PORTABLE, ATTEMPT));
        parameters.addAll(Place.RELAY);
        return new Usage(
                "receipt",
                "Fetch the receipt of an exchange, check it here, and write it to a file that"
                        + " entente verify checks without any network.",
                "FILE; the directory's copy of the alliance's epoch records.",
                "entente receipt EXCHANGE --out receipt.json --identity app-1",
                parameters);
    }

    @Override
    public List<Command> below() {
        return List.of(new TrustFetch());
    }

    @Override
    public Answer run(Call call) throws Failure {
        Digest exchange = call.value(EXCHANGE);
        Path file = call.value(OUT);
        try (RelayClient relay = Place.relay(call)) {
            ExchangeStatus status = relay.exchanges().attempts(exchange).getFirst();
            Receipts.Checked checked =
                    new Receipts(relay.exchanges(), Place.verifier(call))
                            .fetch(status.alliance(), exchange, attempt(call));
            ReceiptFile receipt = call.has(PORTABLE) ? checked.portable() : checked.file();
            Bytes content = receipt.write();
            Place.write(file, content);
            KeptTrust.keep(call, checked.trust());
            Fields json =
                    Proofs.fields(checked.proven()).and("file", file).and("bytes", content.size());
            List<String> lines = new ArrayList<>(Proofs.words(checked.proven()));
            lines.add("written: " + file + " (" + content.size() + " bytes)");
            return Answer.of(lines, json)
                    .next("entente verify " + file + " --alliance " + status.alliance());
        }
    }

    private static Optional<Integer> attempt(Call call) {
        return call.optional(ATTEMPT);
    }
}
