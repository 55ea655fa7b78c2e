package org.entente.registry;

import org.entente.protocol.NodeId;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// An agent as an epoch record lists it: whose key counts for how much.
public record Agent(NodeId id, VerifyingKey key, long weight) implements Comparable<Agent> {
    public static final long WEIGHT_MAX = 1_000_000;

    public Agent {
        if (weight < 1 || weight > WEIGHT_MAX) {
            throw new IllegalArgumentException(
                    "a weight lies between 1 and " + WEIGHT_MAX + ", not " + weight);
        }
    }

    static void write(Encoder encoder, Agent agent) {
        encoder.node(agent.id).key(agent.key).u64(agent.weight);
    }

    static Agent read(Decoder decoder) {
        return new Agent(decoder.node(), decoder.key(), decoder.u64());
    }

    /// By id alone: an agent is listed once.
    @Override
    public int compareTo(Agent other) {
        return id.compareTo(other.id);
    }
}
