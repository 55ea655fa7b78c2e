package org.entente.protocol.exchange;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What an agent signs, once for many digests. The format says what it vouches for: that its own
/// execution equals each proposal, that each [AttestedReads] is what it saw, that each settlement
/// is what it observed.
///
/// @param root the RFC 6962 root over the digests
public record BatchRoot(
        AllianceId alliance, long epoch, NodeId signer, int leafCount, Digest root) {
    public static final Format<BatchRoot> ENDORSEMENT = format(Purpose.ENDORSEMENT);
    public static final Format<BatchRoot> ATTEST = format(Purpose.ATTEST);
    public static final Format<BatchRoot> OBSERVE = format(Purpose.OBSERVE);
    private static final int SIZE_BYTES_MAX = 1024;

    public BatchRoot {
        if (leafCount < 1 || leafCount > BatchPlace.LEAF_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + BatchPlace.LEAF_COUNT_MAX + " leaves, not " + leafCount);
        }
    }

    private static Format<BatchRoot> format(Purpose purpose) {
        return new Format<>(purpose, SIZE_BYTES_MAX, BatchRoot::write, BatchRoot::read);
    }

    private static void write(Encoder encoder, BatchRoot batch) {
        encoder.alliance(batch.alliance)
                .u64(batch.epoch)
                .node(batch.signer)
                .u32(batch.leafCount)
                .digest(batch.root);
    }

    private static BatchRoot read(Decoder decoder) {
        return new BatchRoot(
                decoder.alliance(), decoder.u64(), decoder.node(), decoder.u32(), decoder.digest());
    }
}
