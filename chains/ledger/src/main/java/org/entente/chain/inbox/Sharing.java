package org.entente.chain.inbox;

import org.entente.chain.contract.Received;
import org.entente.protocol.Verdict;

/// Who else takes what an inbox applies; what it refuses is not applied.
@FunctionalInterface
public interface Sharing {
    /// The inbox keeps it alone.
    Sharing NONE = _ -> Verdict.accepted();

    Verdict take(Received received);
}
