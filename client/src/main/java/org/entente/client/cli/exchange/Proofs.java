package org.entente.client.cli.exchange;

import org.entente.client.cli.command.Fields;
import org.entente.endorsement.ReceiptCheck;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a receipt proves, in words and as JSON.
final class Proofs {
    private Proofs() {}

    static List<String> words(ReceiptCheck.Proven proven) {
        Request request = proven.candidate().request();
        Entry entry = proven.entry();
        List<String> lines = new ArrayList<>();
        lines.add(
                "proven: serial "
                        + entry.serial()
                        + " of "
                        + request.alliance()
                        + ", sealed by a majority, is "
                        + entry.outcome()
                        + fault(entry).map(fault -> " " + fault).orElse("")
                        + " since "
                        + entry.time());
        lines.add(
                "asked: "
                        + request.organisation()
                        + " asked for "
                        + request.contract()
                        + "/"
                        + request.flow()
                        + ", attempt "
                        + request.attempt()
                        + ", exchange "
                        + proven.candidate().exchange());
        if (entry.outcome() == Outcome.VALID) {
            lines.add(
                    "endorsed: proposed by "
                            + proven.candidate().proposal().proposer()
                            + ", endorsed by enough weight ("
                            + proven.candidate().evidence().endorsements().size()
                            + " signatures)");
            for (Write write : proven.candidate().evidence().writeSet().writes()) {
                lines.add(
                        "write: "
                                + write.place().chain()
                                + " "
                                + write.place().inbox()
                                + " "
                                + write.place().key().asUtf8()
                                + ", "
                                + write.sizeBytes()
                                + " bytes, SHA-256 "
                                + write.value());
            }
        }
        lines.add(
                proven.settlement()
                        .map(Proofs::settled)
                        .orElse(
                                entry.outcome() == Outcome.VALID
                                        ? "settled: not shown by this receipt"
                                        : "settled: nothing to settle"));
        return lines;
    }

    private static String settled(Settlement settlement) {
        return "settled: "
                + settlement.end()
                + " by "
                + settlement.inbox()
                + " on "
                + settlement.chain()
                + Fault.numbered(settlement.fault()).map(fault -> ", " + fault).orElse("");
    }

    static Fields fields(ReceiptCheck.Proven proven) {
        Request request = proven.candidate().request();
        Entry entry = proven.entry();
        return Fields.of("alliance", request.alliance())
                .and("serial", entry.serial())
                .and("outcome", entry.outcome())
                .and("fault", fault(entry))
                .and("time", entry.time())
                .and("exchange", proven.candidate().exchange())
                .and("attempt", request.attempt())
                .and("organisation", request.organisation())
                .and("contract", request.contract())
                .and("flow", request.flow())
                .and("settled", proven.settlement().map(Settlement::end))
                .and(
                        "reason",
                        proven.settlement()
                                .flatMap(settlement -> Fault.numbered(settlement.fault())));
    }

    private static Optional<Fault> fault(Entry entry) {
        return Fault.numbered(entry.fault());
    }
}
