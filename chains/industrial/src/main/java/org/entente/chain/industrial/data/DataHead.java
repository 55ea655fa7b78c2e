package org.entente.chain.industrial.data;

import org.entente.chain.industrial.contract.Texts;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.Optional;

/// How data stands now: whose it is, how many versions there are, whether it was erased.
///
/// @param standing on the chain itself: then it cannot be erased
public record DataHead(
        VerifyingKey owner,
        DataType type,
        int versions,
        Standing standing,
        Optional<Erasure> erasure) {
    public static final int REASON_SIZE_BYTES_MAX = 256;
    public static final Format<DataHead> FORMAT =
            new Format<>(DataTag.HEAD, 1_024, DataHead::write, DataHead::read);

    /// Whether some of it stands in blocks.
    public enum Standing {
        APART,
        INLINE
    }

    /// That the keys were to be destroyed.
    public record Erasure(String reason, VerifyingKey by, Instant at) {
        public Erasure {
            Texts.require("a reason", reason, REASON_SIZE_BYTES_MAX);
        }
    }

    public DataHead {
        if (versions < 1) {
            throw new IllegalArgumentException("data has a version, not " + versions);
        }
        if (erasure.isPresent() && standing == Standing.INLINE) {
            throw new IllegalArgumentException("what stands in blocks is not erased");
        }
    }

    public boolean isErased() {
        return erasure.isPresent();
    }

    DataHead more() {
        return new DataHead(owner, type, versions + 1, standing, erasure);
    }

    DataHead inline() {
        return new DataHead(owner, type, versions, Standing.INLINE, erasure);
    }

    DataHead erased(Erasure how) {
        return new DataHead(owner, type, versions, standing, Optional.of(how));
    }

    private static void write(Encoder encoder, DataHead head) {
        encoder.key(head.owner)
                .coded(head.type)
                .u32(head.versions)
                .bool(head.standing == Standing.INLINE)
                .optional(head.erasure, (each, it) -> each.text(it.reason).key(it.by).time(it.at));
    }

    private static DataHead read(Decoder decoder) {
        return new DataHead(
                decoder.key(),
                decoder.coded(DataType.class),
                decoder.u32(),
                decoder.bool() ? Standing.INLINE : Standing.APART,
                decoder.optional(each ->
                        new Erasure(each.text(REASON_SIZE_BYTES_MAX), each.key(), each.time())));
    }
}
