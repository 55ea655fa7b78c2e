package org.entente.chain.execution;

/// What the calls of one block have counted so far, so that no block takes longer than its
/// consensus waits for it (docs/ledger.md §12.5). For one thread.
final class Spending {
    static final long BLOCK_STEPS_MAX = 400_000_000;

    private long steps;

    boolean isOver() {
        return steps >= BLOCK_STEPS_MAX;
    }

    void add(long more) {
        steps += more;
    }
}
