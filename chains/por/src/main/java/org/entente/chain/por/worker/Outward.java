package org.entente.chain.por.worker;

import org.entente.chain.por.Message;
import org.entente.light.NodeKey;
import org.entente.light.por.Rules;

import java.util.Optional;

/// A node's way to its peers; nothing here waits.
public interface Outward {
    void say(NodeKey peer, Message message);

    /// To everybody but one.
    void tell(Message message, Optional<NodeKey> except);

    void blame(NodeKey peer, int points, String why);

    /// Tells everybody what this node's clock shows.
    void compare();

    /// Who is to be kept connected.
    void members(Rules rules);
}
