package org.entente.chain.execution;

import org.entente.certs.Verifier;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.Genesis;
import org.entente.chain.Header;
import org.entente.chain.Receipt;
import org.entente.chain.SignedTransaction;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.State;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// A chain after a block. Immutable, so readers keep what they began with.
///
/// @param governance what the consensus keeps in the state
public record Ledger(Genesis genesis, Governance governance, CertifiedHeader head, State state) {

    /// The header of block 0, which a consensus certifies as any other.
    public static Header first(Genesis genesis, Governance governance) {
        return new Header(
                genesis.chain(),
                0,
                genesis.digest(),
                genesis.time(),
                0,
                Header.root(List.of()),
                Header.root(List.of()),
                initial(genesis, governance).root(),
                genesis.creators().first());
    }

    public static Ledger begun(Genesis genesis, Governance governance, CertifiedHeader first) {
        return new Ledger(genesis, governance, first, initial(genesis, governance));
    }

    private static State initial(Genesis genesis, Governance governance) {
        Draft draft = new Draft(State.EMPTY);
        TreeSet<VerifyingKey> accounts = new TreeSet<>(genesis.accounts());
        accounts.addAll(genesis.creators());
        accounts.add(genesis.owner());
        for (VerifyingKey key : accounts) {
            new Account(key, 0, Account.Standing.ADMITTED).write(draft, new Position(0, 0));
        }
        governance.begin(genesis, draft);
        return State.EMPTY.with(draft.written());
    }

    public Execution execution(Verifier verifier) {
        return new Execution(genesis, governance, verifier);
    }

    public long height() {
        return head.header().height();
    }

    /// The next block of what waits. What cannot be included is left out and told.
    public Made make(
            List<SignedTransaction> waiting, Instant now, VerifyingKey creator, Verifier verifier) {
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        Instant before = head.header().time();
        Run run = new Run(time.isBefore(before) ? before : time, creator, verifier);
        waiting.forEach(run::add);
        return run.made();
    }

    /// What exactly these transactions make, by whoever, at a time that is not before the head's;
    /// refused when one of them cannot be included.
    public Parsed<Made> execute(
            List<SignedTransaction> transactions,
            Instant time,
            VerifyingKey creator,
            Verifier verifier) {
        Run run = new Run(time, creator, verifier);
        for (SignedTransaction signed : transactions) {
            if (run.add(signed) instanceof Verdict.Rejected(Fault fault, String why)) {
                return Parsed.refused(
                        fault,
                        "block %d includes what cannot be included: %s"
                                .formatted(height() + 1, why));
            }
        }
        return Parsed.of(run.made());
    }

    /// Takes a block that others made, or we before a restart, if it follows from this state by the
    /// rules. Whether its certificate holds is for the consensus to say.
    public Parsed<Ledger> apply(Block block, Verifier verifier) {
        Header header = block.header();
        Verdict verdict = follows(header);
        if (verdict instanceof Verdict.Rejected rejected) {
            return new Parsed.Refused<>(rejected);
        }
        return execute(block.transactions(), header.time(), header.creator(), verifier)
                .then(made -> {
                    if (!made.receipts().equals(block.receipts())) {
                        return refused(header, "has other receipts");
                    }
                    return made.header().equals(header)
                            ? Parsed.of(made.certified(block.certified()))
                            : refused(
                                    header,
                                    "is " + header + ", its transactions make " + made.header());
                });
    }

    private Verdict follows(Header header) {
        Header before = head.header();
        if (!header.chain().equals(before.chain())) {
            return Verdict.rejected(
                    Fault.WRONG_CHAIN, "a block of " + header.chain() + " at " + before.chain());
        }
        boolean next =
                header.height() == before.height() + 1
                        && header.previous().equals(before.digest())
                        && !header.time().isBefore(before.time());
        return next
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.OUTDATED,
                        "block " + header.height() + " does not follow on " + before.height());
    }

    private static <T> Parsed<T> refused(Header header, String why) {
        return Parsed.refused(Fault.INVALID_VALUE, "block " + header.height() + " " + why);
    }

    /// A block before its header is certified.
    ///
    /// @param results of what was waiting, in its order: the index of the receipt, or why it is not
    ///   in the block
    public record Made(
            Genesis genesis,
            Governance governance,
            Header header,
            List<SignedTransaction> transactions,
            List<Receipt> receipts,
            List<Result> results,
            State state) {
        public Made {
            transactions = List.copyOf(transactions);
            receipts = List.copyOf(receipts);
            results = List.copyOf(results);
        }

        public Block block(CertifiedHeader certified) {
            return new Block(certified, transactions, receipts);
        }

        public Ledger certified(CertifiedHeader certified) {
            return new Ledger(genesis, governance, certified, state);
        }
    }

    /// What became of one waiting transaction.
    public sealed interface Result {
        /// @param words why it failed, for the sender; not part of the chain
        record Included(int index, String words) implements Result {}

        record LeftOut(Verdict.Rejected why) implements Result {}
    }

    /// The making of one block.
    private final class Run {
        private final Execution execution;
        private final Instant time;
        private final VerifyingKey creator;
        private final Digest previous = head.header().digest();
        private final Spending spending = new Spending();
        private final Draft draft = new Draft(state);
        private final List<SignedTransaction> transactions = new ArrayList<>();
        private final List<Receipt> receipts = new ArrayList<>();
        private final List<Result> results = new ArrayList<>();

        private Run(Instant time, VerifyingKey creator, Verifier verifier) {
            this.execution = execution(verifier);
            this.time = time;
            this.creator = creator;
        }

        private Governance.Moment moment() {
            return new Governance.Moment(
                    new Position(height() + 1, transactions.size()), time, creator, previous);
        }

        private Verdict add(SignedTransaction signed) {
            Verdict verdict = execution.includable(signed, draft);
            if (verdict instanceof Verdict.Rejected rejected) {
                results.add(new Result.LeftOut(rejected));
                return verdict;
            }
            int index = transactions.size();
            Parsed<Bytes> answer =
                    execution.perform(signed.transaction(), draft, moment(), spending);
            transactions.add(signed);
            receipts.add(receipt(signed.id(), answer));
            String words =
                    answer.verdict() instanceof Verdict.Rejected(Fault _, String detail)
                            ? detail
                            : "";
            results.add(new Result.Included(index, words));
            return verdict;
        }

        private static Receipt receipt(Digest id, Parsed<Bytes> answer) {
            return switch (answer) {
                case Parsed.Value<Bytes>(Bytes result) ->
                        new Receipt(id, Receipt.Status.DONE, 0, result);
                case Parsed.Refused<Bytes>(Verdict.Rejected why) ->
                        new Receipt(id, Receipt.Status.FAILED, why.fault().number(), Bytes.EMPTY);
            };
        }

        private Made made() {
            governance.close(draft, moment());
            State next = state.with(draft.written());
            Header header =
                    new Header(
                            genesis.chain(),
                            height() + 1,
                            previous,
                            time,
                            transactions.size(),
                            Header.rootOf(transactions),
                            Header.root(receipts.stream().map(Receipt.FORMAT::encode).toList()),
                            next.root(),
                            creator);
            return new Made(genesis, governance, header, transactions, receipts, results, next);
        }
    }
}
