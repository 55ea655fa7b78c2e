package org.entente.relay;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.registry.contract.FlowName;

/// A delivery whose retry budget is spent (docs/exchange.md §3).
public record ParkedDelivery(
        long serial, Digest exchange, FlowName flow, ChainId chain, String why) {}
