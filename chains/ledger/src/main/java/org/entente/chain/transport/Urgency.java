package org.entente.chain.transport;

/// What becomes of a message when a peer reads more slowly than it is sent to.
public enum Urgency {
    /// Gossip, which comes another way: left out, the oldest first, and counted.
    DROPPABLE,

    /// When there is no room even without gossip, the connection ends: both ends then know that
    /// something is missing, and ask anew.
    NEEDED
}
