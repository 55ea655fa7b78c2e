package org.entente.adapter.own.http;

import org.entente.adapter.Point;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;

import java.time.Duration;
import java.util.List;

/// Which chain is followed, where, and how long that may take.
///
/// @param genesis the digest of the chain's genesis, as members registered it
/// @param agreeing how many nodes must say the same
/// @param followed points that were followed, from the caller's journal; empty at first
/// @param connectTimeMax until a node accepts
/// @param answerTimeMax for one whole answer
/// @param timeMax for everything that one method does
public record OwnChainConfiguration(
        ChainId chain,
        Digest genesis,
        List<Node> nodes,
        int agreeing,
        List<Point> followed,
        Duration connectTimeMax,
        Duration answerTimeMax,
        Duration timeMax) {
    public static final int NODE_COUNT_MAX = 16;

    public OwnChainConfiguration {
        nodes = List.copyOf(nodes);
        followed = List.copyOf(followed);
        if (nodes.isEmpty() || nodes.size() > NODE_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "1 to " + NODE_COUNT_MAX + " nodes are asked, not " + nodes.size());
        }
        if (nodes.stream().map(Node::address).distinct().count() < nodes.size()) {
            throw new IllegalArgumentException("one node is named twice: " + nodes);
        }
        if (agreeing <= nodes.size() / 2 || agreeing > nodes.size()) {
            throw new IllegalArgumentException(
                    agreeing + " of " + nodes.size() + " nodes are no majority of them");
        }
        if (!connectTimeMax.isPositive()
                || connectTimeMax.compareTo(answerTimeMax) > 0
                || answerTimeMax.compareTo(timeMax) > 0) {
            throw new IllegalArgumentException(
                    "a connection within "
                            + connectTimeMax
                            + ", an answer within "
                            + answerTimeMax
                            + ", all within "
                            + timeMax
                            + " do not follow on each other");
        }
    }

    /// More than half of the nodes, and times for a network between continents.
    public static OwnChainConfiguration standard(ChainId chain, Digest genesis, List<Node> nodes) {
        return new OwnChainConfiguration(
                chain,
                genesis,
                nodes,
                nodes.size() / 2 + 1,
                List.of(),
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30));
    }
}
