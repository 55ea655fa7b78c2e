package org.entente.trials.industrial;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Governance;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.Body;
import org.entente.chain.industrial.Reckoning;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.exchange.Version;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Executes blocks with the production's ledger. What one node has executed another need not: the
/// same transactions upon the same block make the same.
final class Works {
    static final Bytes FORBIDDEN = Bytes.utf8("forbidden");
    private static final int BLOCK_COUNT_MAX = 6;

    private final Genesis genesis;
    private final Governance governance;
    private final Verifier verifier;
    private final List<Signer> clients;

    /// A defect: what should fail does not.
    private final boolean takesEffect;

    private final List<List<SignedTransaction>> written = new ArrayList<>();
    private final Map<Body, Parsed<Ledger.Made>> done = new HashMap<>();

    Works(Genesis genesis, Verifier verifier, List<Signer> clients, Defect defect) {
        this.takesEffect = defect == Defect.FAILED_TAKES_EFFECT;
        this.genesis = genesis;
        this.governance = Reckoning.of(genesis, verifier).orThrow();
        this.verifier = verifier;
        this.clients = List.copyOf(clients);
        clients.forEach(_ -> written.add(new ArrayList<>()));
    }

    Ledger first() {
        return Ledger.begun(
                genesis,
                governance,
                new CertifiedHeader(Ledger.first(genesis, governance), Bytes.EMPTY));
    }

    /// A client writes; now and then what must fail.
    void write(int client, boolean fails) {
        List<SignedTransaction> mine = written.get(client);
        Action action =
                fails
                        ? new Action.Put(
                                FORBIDDEN,
                                takesEffect
                                        ? Optional.empty()
                                        : Optional.of(
                                                new Version.Present(Bytes.copyOf(new byte[12]))),
                                Bytes.utf8("never"))
                        : new Action.Put(
                                Bytes.utf8("key " + (mine.size() % 7)),
                                Optional.empty(),
                                Bytes.utf8("value " + mine.size()));
        Signer signer = clients.get(client);
        mine.add(
                SignedTransaction.by(
                        signer,
                        new Transaction(genesis.chain(), signer.key(), mine.size(), action)));
    }

    List<SignedTransaction> waiting(Ledger tip) {
        List<SignedTransaction> waiting = new ArrayList<>();
        for (int client = 0; client < clients.size(); client++) {
            long next = Account.find(tip.state(), clients.get(client).key()).orElseThrow().nonce();
            written.get(client).stream().skip(next).limit(BLOCK_COUNT_MAX).forEach(waiting::add);
        }
        return waiting;
    }

    Ledger.Made make(Ledger tip, SignedTransaction evidence, Instant now) {
        List<SignedTransaction> all = new ArrayList<>();
        all.add(evidence);
        all.addAll(waiting(tip));
        Ledger.Made made = tip.make(all, now, evidence.transaction().account(), verifier);
        done.put(new Body(made.header(), made.transactions()), Parsed.of(made));
        return made;
    }

    Parsed<Ledger.Made> execute(Ledger tip, Body body) {
        return done.computeIfAbsent(body, it -> anew(tip, it));
    }

    /// As whoever has nothing but blocks.
    Parsed<Ledger.Made> anew(Ledger tip, Body body) {
        return tip.execute(
                body.transactions(), body.header().time(), body.header().creator(), verifier);
    }
}
