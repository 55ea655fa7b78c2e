package org.entente.protocol.log;

import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Vouch;

import java.util.List;

/// Who vouches for a [Settlement]: the evidence of its entry.
public record Observations(List<Vouch> vouches) {
    public static final Format<Observations> FORMAT =
            new Format<>(Purpose.OBSERVATIONS, 64 * 1024, Observations::write, Observations::read);

    public Observations {
        vouches = List.copyOf(vouches);
        if (vouches.size() > Evidence.ENDORSER_COUNT_MAX) {
            throw new IllegalArgumentException(
                    vouches.size()
                            + " observers where "
                            + Evidence.ENDORSER_COUNT_MAX
                            + " are allowed");
        }
        Sorted.requireStrictlyAscending(vouches, "observers");
    }

    private static void write(Encoder encoder, Observations observations) {
        encoder.list(observations.vouches, Vouch::write);
    }

    private static Observations read(Decoder decoder) {
        return new Observations(decoder.list(Evidence.ENDORSER_COUNT_MAX, Vouch::read));
    }
}
