package org.entente.protocol.log;

import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.NodeSignature;

import java.util.Optional;

/// Why a [Cancellation] is entered: the evidence of its entry.
public sealed interface CancelGrounds {
    Format<CancelGrounds> FORMAT =
            new Format<>(Purpose.CANCEL_GROUNDS, 512, CancelGrounds::write, CancelGrounds::read);

    /// The log itself says so: `deliverWithin` has passed between the two entries, or so many of
    /// the keys that endorsed the exchange were struck since that no inbox takes it any more.
    record Evident() implements CancelGrounds {}

    /// An agent of the source's or the destination's organisation signed the cancellation.
    record Wished(NodeSignature wish) implements CancelGrounds {}

    private static void write(Encoder encoder, CancelGrounds grounds) {
        switch (grounds) {
            case Evident() -> encoder.optional(Optional.empty(), NodeSignature::write);
            case Wished(NodeSignature wish) ->
                    encoder.optional(Optional.of(wish), NodeSignature::write);
        }
    }

    private static CancelGrounds read(Decoder decoder) {
        Optional<NodeSignature> wish = decoder.optional(NodeSignature::read);
        return wish.isPresent() ? new Wished(wish.get()) : new Evident();
    }
}
