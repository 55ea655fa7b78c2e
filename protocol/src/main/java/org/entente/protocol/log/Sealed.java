package org.entente.protocol.log;

import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.NodeSignature;

import java.util.List;

/// A [Seal] with the signatures of those who made it; whether they are enough is for who checks it.
public record Sealed(Seal seal, List<NodeSignature> signatures) {
    public static final int SEALER_COUNT_MAX = 64;
    public static final Format<Sealed> FORMAT =
            new Format<>(Purpose.SEALED, 32 * 1024, Sealed::writeFields, Sealed::readFields);

    public Sealed {
        signatures = List.copyOf(signatures);
        if (signatures.size() > SEALER_COUNT_MAX) {
            throw new IllegalArgumentException(
                    signatures.size() + " sealers where " + SEALER_COUNT_MAX + " are allowed");
        }
        Sorted.requireStrictlyAscending(signatures, "sealers");
    }

    public static void writeFields(Encoder encoder, Sealed sealed) {
        Seal.write(encoder, sealed.seal);
        encoder.list(sealed.signatures, NodeSignature::write);
    }

    public static Sealed readFields(Decoder decoder) {
        return new Sealed(Seal.read(decoder), decoder.list(SEALER_COUNT_MAX, NodeSignature::read));
    }
}
