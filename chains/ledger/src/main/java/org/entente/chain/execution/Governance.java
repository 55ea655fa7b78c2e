package org.entente.chain.execution;

import org.entente.chain.Genesis;
import org.entente.chain.Transaction;
import org.entente.chain.contract.Contracts;
import org.entente.chain.state.Draft;
import org.entente.chain.state.Position;
import org.entente.chain.state.Reading;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;

/// What a consensus keeps in the state beside the ledger's own: how members change its rules, and
/// what each block changes by itself. Deterministic: every node does the same.
public interface Governance {
    /// Of a consensus whose rules never change.
    Governance NONE = with(Contracts.NONE);

    /// Of a consensus whose rules never change, on a chain with contracts.
    static Governance with(Contracts contracts) {
        return new Fixed(contracts);
    }

    /// Where something happens.
    ///
    /// @param time of the block
    /// @param creator whose block it is
    /// @param previous the digest of the header before
    record Moment(Position position, Instant time, VerifyingKey creator, Digest previous) {}

    /// What accounts can call, if this chain has any contracts.
    default Contracts contracts() {
        return Contracts.NONE;
    }

    /// Writes what stands before the first block.
    void begin(Genesis genesis, Draft draft);

    /// Whether what an account tells may stand in a block at all.
    Verdict includable(VerifyingKey account, Bytes words, Reading state);

    /// What an account tells, by [org.entente.chain.Action.Govern].
    ///
    /// @return what it answers, or why it failed
    Parsed<Bytes> perform(Transaction transaction, Bytes words, Draft draft, Moment moment);

    /// At the end of each block, behind its transactions.
    void close(Draft draft, Moment moment);

    /// Keeps nothing and takes nothing.
    final class Fixed implements Governance {
        private final Contracts contracts;

        private Fixed(Contracts contracts) {
            this.contracts = contracts;
        }

        @Override
        public Contracts contracts() {
            return contracts;
        }

        @Override
        public void begin(Genesis genesis, Draft draft) {
            // Nothing is kept.
        }

        @Override
        public Verdict includable(VerifyingKey account, Bytes words, Reading state) {
            return Verdict.accepted();
        }

        @Override
        public Parsed<Bytes> perform(
                Transaction transaction, Bytes words, Draft draft, Moment moment) {
            return Parsed.refused(Fault.INVALID_VALUE, "the rules of this chain never change");
        }

        @Override
        public void close(Draft draft, Moment moment) {
            // Nothing is kept.
        }
    }
}
