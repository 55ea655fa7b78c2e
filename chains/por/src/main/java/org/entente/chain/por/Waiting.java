package org.entente.chain.por;

import org.entente.chain.SignedTransaction;
import org.entente.chain.state.State;

import java.util.List;

/// The transactions that wait for a block.
@FunctionalInterface
public interface Waiting {
    /// Those that could be next upon a state, each account's in order.
    List<SignedTransaction> next(State state, int countMax, int sizeBytesMax);
}
