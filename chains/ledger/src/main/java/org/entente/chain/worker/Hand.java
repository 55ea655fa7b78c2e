package org.entente.chain.worker;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Ledger;
import org.entente.chain.pool.Ticket;
import org.entente.protocol.Parsed;

import java.util.ArrayDeque;
import java.util.Deque;

/// What a node sends in its own name: its account's next transactions. A person may use the same
/// account: who of the two comes second is told so, and sends anew. Any thread may use it.
public final class Hand {
    private final Served chain;
    private final Signer account;

    /// Those that may still wait, in the order of their nonces. Guarded by itself.
    private final Deque<Ticket> sent = new ArrayDeque<>();

    public Hand(Served chain, Signer account) {
        this.chain = chain;
        this.account = account;
    }

    public Parsed<Ticket> send(Action action) {
        synchronized (sent) {
            while (!sent.isEmpty() && sent.getFirst().ending().isPresent()) {
                sent.removeFirst();
            }
            Ledger head = chain.head();
            long next = Account.find(head.state(), account.key()).map(Account::nonce).orElse(0L);
            long nonce = sent.isEmpty() ? next : Math.max(next, sent.getLast().nonce() + 1);
            Parsed<Ticket> ticket =
                    chain.submit(
                            SignedTransaction.by(
                                    account,
                                    new Transaction(
                                            head.genesis().chain(), account.key(), nonce, action)));
            if (ticket instanceof Parsed.Value<Ticket>(Ticket it)) {
                sent.addLast(it);
            }
            return ticket;
        }
    }
}
