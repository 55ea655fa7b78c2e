package org.entente.client.cli.exchange;

import org.entente.client.Failure;
import org.entente.client.RelayClient;
import org.entente.client.Trust;
import org.entente.client.TrustFile;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Usage;
import org.entente.protocol.AllianceId;

import java.util.ArrayList;
import java.util.List;

/// `receipt trust`: fetches an alliance's epoch records, which its id proves.
final class TrustFetch implements Command {
    private static final Parameter<AllianceId> ALLIANCE =
            Parameter.argument("ALLIANCE", "its id", AllianceId::fromHex);

    @Override
    public Usage usage() {
        List<Parameter<?>> parameters = new ArrayList<>(List.of(ALLIANCE, ReceiptFetch.OUT));
        parameters.addAll(Place.RELAY);
        return new Usage(
                "trust",
                "Fetch the epoch records of an alliance, check them from its id on, and write them"
                        + " to a file for entente verify --trust.",
                "FILE; the directory's copy of them.",
                "entente receipt trust ALLIANCE --out trust.json --identity app-1",
                parameters);
    }

    @Override
    public Answer run(Call call) throws Failure {
        AllianceId alliance = call.value(ALLIANCE);
        try (RelayClient relay = Place.relay(call)) {
            Trust trust = Trust.fetch(relay.exchanges(), alliance, Place.verifier(call));
            Place.write(call.value(ReceiptFetch.OUT), TrustFile.write(trust));
            KeptTrust.keep(call, trust);
            return Answer.of(
                    "epochs 0 to "
                            + trust.known().newest().epoch()
                            + " of "
                            + alliance
                            + " in "
                            + call.value(ReceiptFetch.OUT),
                    Fields.of("alliance", alliance)
                            .and("epoch", trust.known().newest().epoch())
                            .and("file", call.value(ReceiptFetch.OUT)));
        }
    }
}
