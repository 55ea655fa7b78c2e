package org.entente.chain.por;

import org.entente.light.NodeKey;
import org.entente.light.por.Certificate;

import java.util.Optional;

/// What a node does about an event, in this order.
public sealed interface Step {
    /// Writes a block and forces it; what follows is done only then.
    record Keep(Placed block) implements Step {}

    record Say(NodeKey peer, Message message) implements Step {}

    /// To everybody but one, who knows.
    record Tell(Message message, Optional<NodeKey> except) implements Step {}

    /// Sends a peer the kept blocks of the best branch from a height on, as many as one message
    /// takes.
    record Serve(NodeKey peer, long from) implements Step {}

    /// A peer sent what no honest node sends.
    record Blame(NodeKey peer, int points, String why) implements Step {}

    /// The best branch changed, or more of it became final.
    record Moved(Tree.Change change) implements Step {}

    /// A member made two blocks upon one: to be told to the chain.
    record Expose(Certificate one, Certificate other) implements Step {}

    /// For the operator.
    record Alarm(String words) implements Step {}
}
