package org.entente.registry;

import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;

import java.util.List;
import java.util.OptionalLong;

/// A flow's node contract as an epoch record lists it: the part of its file by which an inbox
/// contract, which reads no files, judges endorsements.
///
/// @param digest the SHA-256 of the exact file, as `sha256sum` shows it
/// @param endorsers ascending by node
/// @param bound the weight that endorsements must exceed
public record NodeContractListing(
        FlowName flow, Digest digest, List<Endorser> endorsers, long bound)
        implements Comparable<NodeContractListing> {

    /// Whose endorsement counts for how much.
    public record Endorser(NodeId node, long weight) implements Comparable<Endorser> {
        public Endorser {
            if (weight < 1 || weight > Agent.WEIGHT_MAX) {
                throw new IllegalArgumentException(
                        "a weight lies between 1 and " + Agent.WEIGHT_MAX + ", not " + weight);
            }
        }

        private static void write(Encoder encoder, Endorser endorser) {
            encoder.node(endorser.node).u64(endorser.weight);
        }

        private static Endorser read(Decoder decoder) {
            return new Endorser(decoder.node(), decoder.u64());
        }

        /// By node alone: an endorser is listed once.
        @Override
        public int compareTo(Endorser other) {
            return node.compareTo(other.node);
        }
    }

    public NodeContractListing {
        endorsers = List.copyOf(endorsers);
        Sorted.requireStrictlyAscending(endorsers, "endorsers");
    }

    /// What the record must say of this file.
    public static NodeContractListing of(NodeContract file) {
        return new NodeContractListing(
                file.flow(),
                file.digest(),
                file.endorsers().entrySet().stream()
                        .map(each -> new Endorser(each.getKey(), each.getValue()))
                        .toList(),
                file.threshold().bound(file.totalWeight()));
    }

    public OptionalLong weight(NodeId node) {
        return endorsers.stream()
                .filter(endorser -> endorser.node.equals(node))
                .mapToLong(Endorser::weight)
                .findFirst();
    }

    static void write(Encoder encoder, NodeContractListing listing) {
        FlowName.write(encoder, listing.flow);
        encoder.digest(listing.digest).list(listing.endorsers, Endorser::write).u64(listing.bound);
    }

    static NodeContractListing read(Decoder decoder) {
        return new NodeContractListing(
                FlowName.read(decoder),
                decoder.digest(),
                decoder.list(NodeContract.NODE_COUNT_MAX, Endorser::read),
                decoder.u64());
    }

    /// By flow alone: a flow has one node contract.
    @Override
    public int compareTo(NodeContractListing other) {
        return flow.compareTo(other.flow);
    }
}
