package org.entente.chain.contract.sandbox;

import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

/// Ends a call from within. An error, because no contract has a handler of errors.
final class Stop extends Error {
    private static final long serialVersionUID = 1;

    private final transient Verdict.Rejected why;

    Stop(Fault fault, String why) {
        this(Verdict.rejected(fault, why));
    }

    Stop(Verdict.Rejected why) {
        super(why.toString(), null, false, false);
        this.why = why;
    }

    Verdict.Rejected why() {
        return why;
    }
}
