package org.entente.chain.industrial.app;

import org.entente.chain.Action;
import org.entente.protocol.VerifyingKey;

/// What the accounts of a load send, each by itself.
interface Work {
    Action next(VerifyingKey account, long nonce);

    /// How many readings of a device one of them brings.
    int readings();
}
