package org.entente.light.industrial;

import org.entente.protocol.Bytes;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What a node shows to whoever follows its chain from epoch to epoch (docs/chains/industrial.md
/// §7).
///
/// @param parts the ends of consecutive epochs
public record Trail(List<Part> parts) {
    public static final int COUNT_MAX = 256;
    private static final int HEADER_SIZE_BYTES_MAX = 65 * 1024;
    private static final int PROOF_SIZE_BYTES_MAX = 16 * 1024;

    /// So much a node shows at once, and a part of any size beyond it.
    public static final int SHOWN_SIZE_BYTES_MAX = 2 << 20;

    public static final Format<Trail> FORMAT =
            new Format<>(IcbTag.TRAIL, 4 << 20, Trail::write, Trail::read);

    /// Where one epoch ended, and who seals in the next.
    ///
    /// @param header of its last block: the bytes of a `certified-header`
    /// @param proof of the place of `next` against it: the bytes of a `state-proof`
    public record Part(Bytes header, Bytes proof, Sealers next) {
        public static void write(Encoder encoder, Part part) {
            encoder.bytes(part.header).bytes(part.proof);
            Sealers.write(encoder, part.next);
        }

        public static Part read(Decoder decoder) {
            return new Part(
                    decoder.bytes(HEADER_SIZE_BYTES_MAX),
                    decoder.bytes(PROOF_SIZE_BYTES_MAX),
                    Sealers.read(decoder));
        }
    }

    public Trail {
        parts = List.copyOf(parts);
    }

    private static void write(Encoder encoder, Trail trail) {
        encoder.list(trail.parts, Part::write);
    }

    private static Trail read(Decoder decoder) {
        return new Trail(decoder.list(COUNT_MAX, Part::read));
    }
}
