package org.entente.chain.industrial.register.alert;

import org.entente.chain.Receipt;
import org.entente.chain.Transaction;
import org.entente.protocol.encoding.Encoder;

/// What one kind of happening is told by: it sees all transactions of all blocks in their order,
/// and remembers what it needs. Used by one thread.
interface Rule {
    /// @return whether it told what became of a call that failed
    boolean on(Transaction transaction, Receipt receipt, Heard heard);

    /// After the last transaction of a block.
    void end(Heard heard);

    /// All that it remembers.
    void write(Encoder encoder);
}
