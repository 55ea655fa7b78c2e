package org.entente.agent;

import org.entente.adapter.Ladder;
import org.entente.adapter.Point;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What an agent keeps of a chain that it follows, so that a final block that is replaced while it
/// does not run is noticed afterwards (protocol.md §6.8). Local to the agent's journal.
public sealed interface Footprint {
    Format<Footprint> FORMAT =
            new Format<>(AgentTag.FOOTPRINT, 16 * 1024, Footprint::write, Footprint::read);

    /// Final blocks that were followed, the lowest first; the chain has them.
    record Followed(List<Point> points) implements Footprint {
        public Followed {
            points = List.copyOf(points);
        }
    }

    /// The chain has another block where one was final.
    ///
    /// @param since the lowest height whose block may be another
    record Broken(Point followed, Point found, long since) implements Footprint {}

    private static void write(Encoder encoder, Footprint footprint) {
        switch (footprint) {
            case Followed(List<Point> points) -> encoder.u8(1).list(points, Footprint::point);
            case Broken(Point followed, Point found, long since) -> {
                point(encoder.u8(2), followed);
                point(encoder, found);
                encoder.u64(since);
            }
        }
    }

    private static Footprint read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Followed(decoder.list(Ladder.COUNT_MAX, Footprint::point));
            case 2 -> new Broken(point(decoder), point(decoder), decoder.u64());
            default -> throw new IllegalArgumentException("no footprint has kind " + kind);
        };
    }

    private static void point(Encoder encoder, Point point) {
        encoder.u64(point.height()).bytes(point.hash());
    }

    private static Point point(Decoder decoder) {
        return new Point(decoder.u64(), decoder.bytes(Point.HASH_SIZE_BYTES_MAX));
    }
}
