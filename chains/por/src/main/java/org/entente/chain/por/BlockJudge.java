package org.entente.chain.por;

import org.entente.certs.Verifier;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.execution.Ledger;
import org.entente.light.por.Certificate;
import org.entente.light.por.HeaderJudge;
import org.entente.light.por.Link;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.time.Instant;
import java.util.Optional;

/// Whether a block is the next one upon a block that holds, and what it makes of the chain. What is
/// cheap is asked first: nothing is executed that has no work and no signature.
///
/// @param verifier of transactions
public record BlockJudge(Settings settings, HeaderJudge headers, Verifier verifier) {

    public Parsed<Placed> judge(PorBlock block, Placed parent) {
        return head(block, parent) instanceof Verdict.Rejected why
                ? new Parsed.Refused<>(why)
                : executed(block, parent);
    }

    /// Everything but what its transactions do.
    Verdict head(PorBlock block, Placed parent) {
        if (block.transactions().size() + 1 > settings.transactionCountMax()
                || block.bytes().size() > settings.blockSizeBytesMax()) {
            return Verdict.rejected(Fault.TOO_LARGE, "a block of more than the chain allows");
        }
        if (block.creation().count() != block.transactions().size() + 1) {
            return Verdict.rejected(Fault.INVALID_VALUE, "another count of transactions");
        }
        return headers.check(block.certificate(), parent.link());
    }

    private Parsed<Placed> executed(PorBlock block, Placed parent) {
        return parent.ledger()
                .execute(
                        block.transactions(),
                        Instant.ofEpochSecond(block.header().time()),
                        block.creation().creator(),
                        verifier)
                .then(made ->
                        made.header().digest().equals(block.creation().ledger())
                                ? Parsed.of(placed(block, parent, made))
                                : Parsed.refused(
                                        Fault.INVALID_VALUE,
                                        "block "
                                                + block.creation().height()
                                                + " makes another state than it says"));
    }

    /// A block that is known to hold.
    static Placed placed(PorBlock block, Placed parent, Ledger.Made made) {
        var certificate = block.certificate();
        Bytes bytes = Certificate.FORMAT.encode(certificate);
        Ledger after = made.certified(new CertifiedHeader(made.header(), bytes));
        Link link = parent.link().with(certificate, rules(parent, after));
        return new Placed(
                link,
                after,
                parent.hash(),
                parent.link().rules(),
                made.receipts(),
                Optional.of(block));
    }

    /// Read again only where the block wrote them.
    private static Rules rules(Placed parent, Ledger after) {
        boolean same =
                after.state().item(Kept.RULES).equals(parent.ledger().state().item(Kept.RULES));
        return same ? parent.link().rules() : Kept.rules(after.state());
    }
}
