package org.entente.protocol.exchange;

import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What a node contract suggests: reads with versions, writes, result (the paper's communication
/// suggestion result).
///
/// @param nodeContract the digest of the node contract's file
/// @param result the digest of what the application gets back
public record Proposal(
        Digest request,
        Digest nodeContract,
        Digest readSet,
        Digest writeSet,
        Digest result,
        NodeId proposer) {
    public static final Format<Proposal> FORMAT =
            new Format<>(Purpose.PROPOSAL, 1024, Proposal::write, Proposal::read);

    public static void write(Encoder encoder, Proposal proposal) {
        encoder.digest(proposal.request)
                .digest(proposal.nodeContract)
                .digest(proposal.readSet)
                .digest(proposal.writeSet)
                .digest(proposal.result)
                .node(proposal.proposer);
    }

    public static Proposal read(Decoder decoder) {
        return new Proposal(
                decoder.digest(),
                decoder.digest(),
                decoder.digest(),
                decoder.digest(),
                decoder.digest(),
                decoder.node());
    }
}
