package org.entente.protocol.exchange;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What an endorser signs: that each [AttestedReads] whose digest is a leaf is what it saw.
///
/// @param root the RFC 6962 root over the digests of the attested reads
public record AttestationBatch(
        AllianceId alliance, long epoch, NodeId endorser, int leafCount, Digest root) {
    public static final Format<AttestationBatch> FORMAT =
            new Format<>(Purpose.ATTEST, 1024, AttestationBatch::write, AttestationBatch::read);

    public AttestationBatch {
        if (leafCount < 1 || leafCount > BatchPlace.LEAF_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + BatchPlace.LEAF_COUNT_MAX + " leaves, not " + leafCount);
        }
    }

    private static void write(Encoder encoder, AttestationBatch attestationBatch) {
        encoder.alliance(attestationBatch.alliance)
                .u64(attestationBatch.epoch)
                .node(attestationBatch.endorser)
                .u32(attestationBatch.leafCount)
                .digest(attestationBatch.root);
    }

    private static AttestationBatch read(Decoder decoder) {
        return new AttestationBatch(
                decoder.alliance(), decoder.u64(), decoder.node(), decoder.u32(), decoder.digest());
    }
}
