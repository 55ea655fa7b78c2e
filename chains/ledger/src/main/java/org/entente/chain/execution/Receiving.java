package org.entente.chain.execution;

import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Contracts;
import org.entente.chain.contract.Received;
import org.entente.chain.contract.Receiver;
import org.entente.chain.contract.Store;
import org.entente.chain.inbox.Sharing;
import org.entente.chain.state.Draft;
import org.entente.protocol.Name;
import org.entente.protocol.Verdict;

import java.util.Optional;

/// What is delivered to an inbox that is named after a contract is handed to that contract too
/// (docs/ledger.md §4.6): to `data`, or `data.` and anything, to the contract `data`.
record Receiving(Contracts contracts, Draft draft, Governance.Moment moment, Spending spending)
        implements Sharing {

    @Override
    public Verdict take(Received received) {
        String first = received.inbox().split("\\.", 2)[0];
        Optional<Contract> named = Name.of(first).flatMap(name -> contracts.named(name, draft));
        return named.isPresent() && named.get() instanceof Receiver receiver
                ? taken(receiver, received)
                : Verdict.accepted();
    }

    private Verdict taken(Receiver receiver, Received received) {
        Draft own = new Draft(draft);
        Store store = new Store(receiver, own, moment.position());
        Verdict verdict = receiver.receive(received, moment.time(), store).and(store::verdict);
        spending.add(store.spent());
        if (verdict.isAccepted()) {
            draft.take(own);
        }
        return verdict;
    }
}
