package org.entente.chain.transport;

import java.util.concurrent.atomic.LongAdder;

/// Counts, from many threads.
final class Tally {
    final LongAdder opened = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder blamed = new LongAdder();
    final LongAdder messagesIn = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder bytesOut = new LongAdder();

    PeerCounts with(int connected) {
        return new PeerCounts(
                connected,
                opened.sum(),
                refused.sum(),
                dropped.sum(),
                blamed.sum(),
                messagesIn.sum(),
                messagesOut.sum(),
                bytesIn.sum(),
                bytesOut.sum());
    }
}
