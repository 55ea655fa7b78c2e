package org.entente.trials.industrial;

import org.entente.adapter.own.CertifiedHeader;
import org.entente.adapter.own.Evidence;
import org.entente.adapter.own.Finality;
import org.entente.adapter.own.Genesis;
import org.entente.adapter.own.Verifiers;
import org.entente.certs.Cryptography;
import org.entente.certs.Verifier;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.EpochEnd;
import org.entente.chain.industrial.Kept;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.trials.simulation.Violation;

import java.util.List;

/// Who has the genesis and sees no block: takes each final header by the word of those who seal,
/// whom it learns of at the ends of epochs.
final class Reader {
    private final Defect defect;
    private Evidence known;

    Reader(org.entente.chain.Genesis genesis, Verifier verifier, Defect defect) {
        Bytes begun = org.entente.chain.Genesis.FORMAT.encode(genesis);
        this.defect = defect;
        this.known =
                Finality.of(
                                Genesis.FORMAT.decode(begun).orThrow(),
                                Verifiers.of(Cryptography.portable(), verifier))
                        .orThrow()
                        .begun(Sorted.copyOf(List.<Long>of()));
    }

    void shown(Ledger ledger) {
        long height = ledger.height();
        if (known.missing(height).isPresent()) {
            throw violation(height + " is of an epoch that was not shown");
        }
        Bytes header = org.entente.chain.CertifiedHeader.FORMAT.encode(ledger.head());
        if (known.check(CertifiedHeader.FORMAT.decode(header).orThrow())
                instanceof Verdict.Rejected why) {
            throw violation(height + ": " + why);
        }
        if (Kept.settings(ledger.state()).isLast(height)) {
            follow(ledger);
        }
    }

    private void follow(Ledger ledger) {
        Trail.Part end = EpochEnd.of(ledger);
        if (defect == Defect.OLD_SEALERS_ARE_SHOWN) {
            Sealers before = Kept.sealers(ledger.state(), end.next().epoch() - 1);
            end =
                    new Trail.Part(
                            end.header(),
                            end.proof(),
                            new Sealers(end.next().epoch(), before.keys()));
        }
        known =
                switch (known.with(Trail.FORMAT.encode(new Trail(List.of(end))))) {
                    case Parsed.Value<Evidence>(Evidence next) -> next;
                    case Parsed.Refused<Evidence>(Verdict.Rejected why) ->
                            throw violation(why.toString());
                };
    }

    private static Violation violation(String what) {
        return new Violation("ReadersFollow", "block " + what);
    }
}
