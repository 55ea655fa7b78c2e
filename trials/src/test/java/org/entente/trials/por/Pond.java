package org.entente.trials.por;

import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Account;
import org.entente.chain.por.Waiting;
import org.entente.chain.state.State;
import org.entente.protocol.VerifyingKey;
import org.entente.trials.simulation.Agenda;
import org.entente.trials.simulation.Chance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// All transactions that were posted. Each node sees one a little after it was posted, and has it
/// for ever: what is in no block any longer waits again.
final class Pond {
    private static final int DELAY_MILLIS_MAX = 400;

    private final Agenda agenda;
    private final Chance chance;
    private final TreeMap<VerifyingKey, TreeMap<Long, Posted>> lines = new TreeMap<>();

    private record Posted(SignedTransaction signed, List<Instant> seen) {}

    Pond(Agenda agenda, Chance chance) {
        this.agenda = agenda;
        this.chance = chance;
    }

    void post(SignedTransaction signed, int nodes) {
        List<Instant> seen = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            Duration delay = chance.millis(1, DELAY_MILLIS_MAX);
            seen.add(agenda.now().plus(delay));
        }
        lines.computeIfAbsent(signed.transaction().account(), _ -> new TreeMap<>())
                .put(signed.transaction().nonce(), new Posted(signed, seen));
    }

    /// What a node has of it.
    Waiting of(int node) {
        return (state, countMax, sizeBytesMax) -> next(node, state, countMax);
    }

    private List<SignedTransaction> next(int node, State state, int countMax) {
        List<SignedTransaction> next = new ArrayList<>();
        lines.forEach((account, line) -> {
            long nonce = Account.find(state, account).map(Account::nonce).orElse(0L);
            line.headMap(nonce - HISTORY).clear();
            Posted posted = line.get(nonce);
            while (posted != null && !posted.seen.get(node).isAfter(agenda.now())) {
                if (next.size() < countMax) {
                    next.add(posted.signed);
                }
                nonce++;
                posted = line.get(nonce);
            }
        });
        return next;
    }

    /// So many are kept for branches that do not have them yet.
    private static final int HISTORY = 1_000;

    /// Whether something of an account waits upon a state.
    boolean isWaiting(VerifyingKey account, State state) {
        long nonce = Account.find(state, account).map(Account::nonce).orElse(0L);
        TreeMap<Long, Posted> line = lines.get(account);
        return line != null && line.containsKey(nonce);
    }
}
