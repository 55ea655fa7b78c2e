package org.entente.certs.issue;

import org.entente.certs.Revocation;
import org.entente.protocol.Parsed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The ledger of simulations and tests; forgets everything with the process.
public final class MemoryLedger implements Ledger {
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final LedgerState state = new LedgerState();

    @Override
    public synchronized <T> Parsed<T> decide(Function<LedgerState, Parsed<Decision<T>>> decision) {
        return decision.apply(state)
                .map(decided -> {
                    entries.addAll(decided.entries());
                    decided.entries().forEach(state::on);
                    return decided.answer();
                });
    }

    @Override
    public synchronized Optional<Issued> issued(Revocation certificate) {
        return entries.stream()
                .flatMap(entry -> LedgerSearch.issued(entry, certificate).stream())
                .findFirst();
    }
}
