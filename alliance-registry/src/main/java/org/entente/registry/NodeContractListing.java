package org.entente.registry;

import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.registry.contract.FlowName;

/// A flow's node contract as an epoch record lists it.
///
/// @param digest the SHA-256 of the exact file, as `sha256sum` shows it
public record NodeContractListing(FlowName flow, Digest digest)
        implements Comparable<NodeContractListing> {

    static void write(Encoder encoder, NodeContractListing listing) {
        FlowName.write(encoder, listing.flow);
        encoder.digest(listing.digest);
    }

    static NodeContractListing read(Decoder decoder) {
        return new NodeContractListing(FlowName.read(decoder), decoder.digest());
    }

    /// By flow alone: a flow has one node contract.
    @Override
    public int compareTo(NodeContractListing other) {
        return flow.compareTo(other.flow);
    }
}
