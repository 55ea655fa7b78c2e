package org.entente.client;

import org.entente.certs.Verifier;
import org.entente.endorsement.Receipt;
import org.entente.endorsement.ReceiptCheck;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;

import java.util.List;
import java.util.Optional;

/// Fetches receipts and hands on only what proves itself.
public final class Receipts {
    private final RelayExchanges relay;
    private final Verifier verifier;

    public Receipts(RelayExchanges relay, Verifier verifier) {
        this.relay = relay;
        this.verifier = verifier;
    }

    /// A receipt that holds.
    ///
    /// @param trust by which it was checked
    public record Checked(Bytes receipt, ReceiptCheck.Proven proven, Trust trust) {
        public ReceiptFile file() {
            return new ReceiptFile(trust.alliance(), receipt, List.of());
        }

        /// With all that is needed to check it beside the alliance's id.
        public ReceiptFile portable() {
            return new ReceiptFile(trust.alliance(), receipt, trust.epochs());
        }
    }

    public Checked fetch(AllianceId alliance, Digest exchange, Optional<Integer> attempt)
            throws Refused, Unreachable {
        Bytes receipt = relay.receipt(exchange, attempt);
        Trust trust = Trust.fetch(relay, alliance, verifier);
        ReceiptCheck.Proven proven =
                Refused.unless(
                        Receipt.FORMAT
                                .decode(receipt)
                                .then(new ReceiptCheck(trust.known(), verifier)::check));
        if (!proven.candidate().exchange().equals(exchange)) {
            throw new Refused(
                    Fault.UNBOUND,
                    "the relay gave the receipt of " + proven.candidate().exchange());
        }
        return new Checked(receipt, proven, trust);
    }
}
