package org.entente.protocol.exchange;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What an endorser signs: that its own execution equals each proposal whose digest is a leaf.
///
/// @param root the RFC 6962 root over the digests of the proposals
public record EndorsementBatch(
        AllianceId alliance, long epoch, NodeId endorser, int leafCount, Digest root) {
    public static final Format<EndorsementBatch> FORMAT =
            new Format<>(
                    Purpose.ENDORSEMENT, 1024, EndorsementBatch::write, EndorsementBatch::read);

    public EndorsementBatch {
        if (leafCount < 1 || leafCount > BatchPlace.LEAF_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + BatchPlace.LEAF_COUNT_MAX + " leaves, not " + leafCount);
        }
    }

    private static void write(Encoder encoder, EndorsementBatch endorsementBatch) {
        encoder.alliance(endorsementBatch.alliance)
                .u64(endorsementBatch.epoch)
                .node(endorsementBatch.endorser)
                .u32(endorsementBatch.leafCount)
                .digest(endorsementBatch.root);
    }

    private static EndorsementBatch read(Decoder decoder) {
        return new EndorsementBatch(
                decoder.alliance(), decoder.u64(), decoder.node(), decoder.u32(), decoder.digest());
    }
}
