package org.entente.relay.worker;

import org.entente.protocol.NodeId;
import org.entente.protocol.link.ToAgent;

/// Where messages to agents go; never waits.
@FunctionalInterface
public interface Lines {
    void send(NodeId agent, ToAgent message);
}
