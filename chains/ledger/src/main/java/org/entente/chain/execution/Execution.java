package org.entente.chain.execution;

import org.entente.certs.Verifier;
import org.entente.chain.Action;
import org.entente.chain.Genesis;
import org.entente.chain.Pact;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.contract.Call;
import org.entente.chain.contract.Contract;
import org.entente.chain.contract.Store;
import org.entente.chain.inbox.Epochs;
import org.entente.chain.inbox.Inbox;
import org.entente.chain.pact.PactBook;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Item;
import org.entente.chain.state.Position;
import org.entente.chain.state.Reading;
import org.entente.chain.state.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.log.Settlement;

import java.time.Instant;
import java.util.Optional;

/// What transactions do. Two classes of failure (docs/ledger.md §2.3): what is malformed cannot be
/// included; what fails is included, takes its nonce and changes nothing else.
public record Execution(Genesis genesis, Governance governance, Verifier verifier) {

    /// Whether a transaction could be the next of its account.
    public Verdict includable(SignedTransaction signed, Reading state) {
        return admissible(signed, state)
                .and(() -> {
                    Transaction transaction = signed.transaction();
                    long next = Account.find(state, transaction.account()).orElseThrow().nonce();
                    return turn(transaction.nonce(), next);
                });
    }

    /// Everything but its turn: the chain, the account, the signature.
    public Verdict admissible(SignedTransaction signed, Reading state) {
        Transaction transaction = signed.transaction();
        if (!transaction.chain().equals(genesis.chain())) {
            return Verdict.rejected(
                    Fault.WRONG_CHAIN,
                    "a transaction for " + transaction.chain() + " at " + genesis.chain());
        }
        Optional<Account> account = Account.find(state, transaction.account());
        if (account.isEmpty() || account.get().standing() == Account.Standing.EXPELLED) {
            return Verdict.rejected(Fault.UNKNOWN_ACCOUNT, transaction.account());
        }
        if (!verifier.verify(transaction.account(), signed.id(), signed.signature())) {
            return Verdict.rejected(Fault.BAD_SIGNATURE, "the account did not sign " + signed.id());
        }
        return transaction.action() instanceof Action.Govern(Bytes words)
                ? governance.includable(transaction.account(), words, state)
                : Verdict.accepted();
    }

    /// Whether a nonce is the one that is due.
    public static Verdict turn(long nonce, long next) {
        if (nonce == next) {
            return Verdict.accepted();
        }
        return Verdict.rejected(
                nonce < next ? Fault.NONCE_USED : Fault.NONCE_AHEAD,
                "nonce " + nonce + " where " + next + " is next");
    }

    /// Performs an includable transaction; its account's nonce is taken either way.
    ///
    /// @return what it answers, or why it failed
    Parsed<Bytes> perform(
            Transaction transaction, Draft block, Governance.Moment moment, Spending spending) {
        Account.find(block, transaction.account())
                .orElseThrow()
                .used()
                .write(block, moment.position());
        Draft own = new Draft(block);
        Parsed<Bytes> result =
                new Act(transaction, own, moment, spending).perform(transaction.action());
        if (result instanceof Parsed.Value<Bytes>) {
            block.take(own);
        }
        return result;
    }

    /// One action, by one account, at one place.
    private final class Act {
        private final Transaction transaction;
        private final VerifyingKey by;
        private final Draft draft;
        private final Governance.Moment moment;
        private final Position position;
        private final Spending spending;

        private Act(
                Transaction transaction, Draft draft, Governance.Moment moment, Spending spending) {
            this.transaction = transaction;
            this.by = transaction.account();
            this.draft = draft;
            this.moment = moment;
            this.position = moment.position();
            this.spending = spending;
        }

        private Parsed<Bytes> perform(Action action) {
            return switch (action) {
                case Action.Put(Bytes key, Optional<Version> expected, Bytes value) ->
                        written(at(key, expected), () -> put(key, value));
                case Action.Delete(Bytes key, Optional<Version> expected) ->
                        written(at(key, expected).and(() -> exists(key)), () -> delete(key));
                case Action.Admit(VerifyingKey account) ->
                        answer(byOwner().and(() -> admit(account)));
                case Action.Expel(VerifyingKey account) ->
                        answer(byOwner().and(() -> expel(account)));
                case Action.Found(String inbox, Bytes change) ->
                        answer(byOwner().and(() -> epochs(inbox).found(by, change)));
                case Action.Bring(Action.Notice kind, String inbox, Bytes notice) ->
                        switch (kind) {
                            case DELIVERY -> settled(inbox(inbox).deliver(notice));
                            case CANCEL -> settled(inbox(inbox).cancel(notice));
                            case EPOCH -> answer(epochs(inbox).take(notice));
                        };
                case Action.Govern(Bytes words) ->
                        governance.perform(transaction, words, draft, moment);
                case Action.Agree(Pact pact) ->
                        answer(pacts().agree(transaction.id(), by, pact, moment.time()));
                case Action.Fulfil(Digest pact) ->
                        pacts().fulfil(pact, moment.time())
                                .map(end -> Bytes.copyOf(new byte[] {(byte) end.code()}));
                case Action.Withdraw(Digest pact) -> answer(pacts().withdraw(pact, by));
                case Action.Call call -> called(call);
                case Action.Close(String inbox, Bytes prefix) ->
                        answer(inbox(inbox).close(by, prefix));
                case Action.Open(String inbox, Bytes prefix) ->
                        answer(inbox(inbox).open(by, prefix));
            };
        }

        private Parsed<Bytes> called(Action.Call call) {
            Optional<Instant> deadline = call.deadline();
            if (deadline.isPresent() && !moment.time().isBefore(deadline.get())) {
                return Parsed.refused(
                        Fault.REQUEST_EXPIRED,
                        "by " + deadline.get() + ", the block is of " + moment.time());
            }
            Optional<Contract> contract = governance.contracts().named(call.contract(), draft);
            if (contract.isEmpty()) {
                return Parsed.refused(Fault.NOT_FOUND, "no contract is named " + call.contract());
            }
            if (spending.isOver()) {
                return Parsed.refused(
                        Fault.OVERLOADED, "the calls before it are all that one block does");
            }
            Store store = new Store(contract.get(), draft, position);
            Parsed<Bytes> result =
                    contract.get()
                            .call(
                                    Call.of(
                                            call,
                                            transaction,
                                            moment.time(),
                                            position,
                                            moment.previous()),
                                    store)
                            .then(store::answer);
            spending.add(store.spent());
            return result;
        }

        private Verdict at(Bytes key, Optional<Version> expected) {
            Optional<Item> item = draft.item(StateKey.own(key));
            Version found = item.isPresent() ? item.get().version() : new Version.Absent();
            return expected.isEmpty() || expected.get().equals(found)
                    ? Verdict.accepted()
                    : Verdict.rejected(
                            Fault.STALE_READ, "expected " + expected.get() + ", found " + found);
        }

        private Verdict exists(Bytes key) {
            return draft.value(StateKey.own(key)).isPresent()
                    ? Verdict.accepted()
                    : Verdict.rejected(Fault.NOT_FOUND, "no value has the key " + key);
        }

        private void put(Bytes key, Bytes value) {
            draft.put(StateKey.own(key), position.version(), value);
        }

        private void delete(Bytes key) {
            draft.delete(StateKey.own(key), position.version());
        }

        /// A write answers the version that it made.
        private Parsed<Bytes> written(Verdict verdict, Runnable write) {
            if (verdict instanceof Verdict.Rejected rejected) {
                return new Parsed.Refused<>(rejected);
            }
            write.run();
            return Parsed.of(position.version().bytes());
        }

        private Verdict byOwner() {
            return by.equals(genesis.owner())
                    ? Verdict.accepted()
                    : Verdict.rejected(Fault.NOT_YOURS, "only the chain's owner does this");
        }

        private Verdict admit(VerifyingKey account) {
            Optional<Account> before = Account.find(draft, account);
            if (before.isPresent() && before.get().standing() == Account.Standing.ADMITTED) {
                return Verdict.rejected(Fault.ALREADY_EXISTS, "the account is admitted");
            }
            before.orElse(new Account(account, 0, Account.Standing.EXPELLED))
                    .with(Account.Standing.ADMITTED)
                    .write(draft, position);
            return Verdict.accepted();
        }

        private Verdict expel(VerifyingKey account) {
            Optional<Account> before = Account.find(draft, account);
            if (before.isEmpty() || before.get().standing() == Account.Standing.EXPELLED) {
                return Verdict.rejected(Fault.UNKNOWN_ACCOUNT, account);
            }
            if (account.equals(genesis.owner())) {
                return Verdict.rejected(Fault.INVALID_VALUE, "the owner cannot be expelled");
            }
            before.get().with(Account.Standing.EXPELLED).write(draft, position);
            return Verdict.accepted();
        }

        private Inbox inbox(String address) {
            return Inbox.at(
                    address,
                    genesis.chain(),
                    draft,
                    position,
                    verifier,
                    new Receiving(governance.contracts(), draft, moment, spending));
        }

        private PactBook pacts() {
            return new PactBook(draft, position);
        }

        private Epochs epochs(String address) {
            return Epochs.at(address, draft, position, verifier);
        }

        private static Parsed<Bytes> settled(Parsed<Settlement> settlement) {
            return settlement.map(Settlement.FORMAT::encode);
        }

        private static Parsed<Bytes> answer(Verdict verdict) {
            return verdict instanceof Verdict.Rejected rejected
                    ? new Parsed.Refused<>(rejected)
                    : Parsed.of(Bytes.EMPTY);
        }
    }
}
