package org.entente.registry;

import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.registry.contract.ResourcePattern;

import java.time.Instant;

/// A node's signed statement: it offers, or wants, this resource of this chain, for this purpose,
/// at this rate (protocol.md §3).
///
/// @param chain the chain that has the resource, for an offer and for a want
public record Requirement(
        NodeId node,
        Direction direction,
        ChainId chain,
        ResourcePattern resource,
        Name operation,
        String purpose,
        long ratePerHour,
        Instant validUntil) {
    public static final int PURPOSE_SIZE_MAX = 256;
    public static final long RATE_PER_HOUR_MAX = 1_000_000_000;

    /// Which side of an exchange the node wants to be on.
    public enum Direction implements Coded {
        OFFER(1),
        WANT(2);

        private final int code;

        Direction(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public Requirement {
        if (purpose.length() > PURPOSE_SIZE_MAX) {
            throw new IllegalArgumentException(
                    "a purpose has at most " + PURPOSE_SIZE_MAX + " characters");
        }
        if (ratePerHour < 1 || ratePerHour > RATE_PER_HOUR_MAX) {
            throw new IllegalArgumentException(
                    "a rate lies between 1 and "
                            + RATE_PER_HOUR_MAX
                            + " per hour, not "
                            + ratePerHour);
        }
    }

    static void write(Encoder encoder, Requirement requirement) {
        encoder.node(requirement.node)
                .coded(requirement.direction)
                .chain(requirement.chain)
                .text(requirement.resource.text())
                .name(requirement.operation)
                .text(requirement.purpose)
                .u64(requirement.ratePerHour)
                .time(requirement.validUntil);
    }

    static Requirement read(Decoder decoder) {
        return new Requirement(
                decoder.node(),
                decoder.coded(Direction.class),
                decoder.chain(),
                new ResourcePattern(decoder.text(ResourcePattern.SIZE_MAX)),
                decoder.name(),
                decoder.text(PURPOSE_SIZE_MAX * 3),
                decoder.u64(),
                decoder.time());
    }
}
