package org.entente.chain.industrial;

import org.entente.chain.Block;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;

import java.util.SortedSet;

/// What a node does about an event, in this order.
public sealed interface Step {
    /// Forces it to disk, in place of the one before; what follows is done only then.
    record Promise(Pledge pledge) implements Step {}

    record Tell(SortedSet<VerifyingKey> peers, Message message) implements Step {
        public Tell {
            peers = Sorted.copyOf(peers);
        }
    }

    /// Executes the next block of what waits, evidence first, and answers [Event.Made].
    record Make(Ledger tip, Turn turn, SignedTransaction evidence) implements Step {}

    /// Executes a block of others and answers [Event.Executed].
    ///
    /// @param isCertified a quorum committed it, so its transactions are signed
    record Execute(Ledger tip, Body body, boolean isCertified) implements Step {}

    /// Writes a final block and forces it; what follows is done only then.
    record Commit(Ledger ledger, Block block) implements Step {}

    /// Sends a peer final blocks from a height on, as many as one message takes.
    record Serve(VerifyingKey peer, long from) implements Step {}

    /// A peer sent what no honest node sends.
    record Blame(VerifyingKey peer, String why) implements Step {}

    /// For the operator.
    record Alarm(String words) implements Step {}
}
