package org.entente.chain.industrial.data;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.merkle.InclusionProof;

import java.nio.ByteBuffer;
import java.util.List;

/// What a batch of readings comes to.
///
/// @param from of the first reading, nanoseconds since 1970
/// @param to of the last
/// @param root over the readings
public record Summary(long from, long to, int count, long least, long most, long sum, Digest root) {
    public Summary {
        if (count < 1 || count > Readings.COUNT_MAX || from > to || least > most) {
            throw new IllegalArgumentException(
                    "no batch: %d readings from %d to %d, %d to %d"
                            .formatted(count, from, to, least, most));
        }
    }

    /// Whether a reading is one of the batch, at its index.
    public Verdict verify(Reading reading, int index, List<Digest> path) {
        if (index < 0 || index >= count || path.size() > InclusionProof.PATH_COUNT_MAX) {
            return Verdict.rejected(
                    Fault.BAD_PROOF,
                    "no reading %d of %d by %d hashes".formatted(index, count, path.size()));
        }
        return new InclusionProof(index, count, path).verify(reading.leaf(), root);
    }

    static void write(Encoder encoder, Summary summary) {
        writeSigned(encoder, summary.from);
        writeSigned(encoder, summary.to);
        encoder.u32(summary.count);
        writeSigned(encoder, summary.least);
        writeSigned(encoder, summary.most);
        writeSigned(encoder, summary.sum);
        encoder.digest(summary.root);
    }

    static Summary read(Decoder decoder) {
        return new Summary(
                readSigned(decoder),
                readSigned(decoder),
                decoder.u32(),
                readSigned(decoder),
                readSigned(decoder),
                readSigned(decoder),
                decoder.digest());
    }

    /// i64: eight bytes, two's complement.
    static void writeSigned(Encoder encoder, long value) {
        encoder.fixed(
                Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(value).array()), Long.BYTES);
    }

    static long readSigned(Decoder decoder) {
        return decoder.fixed(Long.BYTES).asBuffer().getLong();
    }
}
