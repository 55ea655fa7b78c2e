package org.entente.endorsement;

import org.entente.protocol.Bytes;
import org.entente.protocol.Purpose;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.Optional;

/// What an exchange leaves in the hands of who asked for it: its sealed entry with all that its
/// digests stand for, and how it was settled. Whoever knows the alliance's epochs can check it
/// without relay, agents or chains (protocol.md §9.4).
///
/// @param content the bytes of the sequence
/// @param evidence the bytes of the evidence
public record Receipt(Sighting sighting, Bytes content, Bytes evidence, Optional<Ending> ending) {
    private static final int CONTENT_SIZE_BYTES_MAX = 16 * 1024;
    private static final int EVIDENCE_SIZE_BYTES_MAX = 512 * 1024;
    private static final int SIZE_BYTES_MAX = 640 * 1024;
    public static final Format<Receipt> FORMAT =
            new Format<>(Purpose.RECEIPT, SIZE_BYTES_MAX, Receipt::write, Receipt::read);

    /// How the exchange was settled: the sealed entry that says so. The observations are left out;
    /// those who sealed the entry have checked them.
    ///
    /// @param content the bytes of the settlement
    public record Ending(Sighting sighting, Bytes content) {
        private static void write(Encoder encoder, Ending ending) {
            Sighting.write(encoder, ending.sighting);
            encoder.bytes(ending.content);
        }

        private static Ending read(Decoder decoder) {
            return new Ending(Sighting.read(decoder), decoder.bytes(CONTENT_SIZE_BYTES_MAX));
        }
    }

    private static void write(Encoder encoder, Receipt receipt) {
        Sighting.write(encoder, receipt.sighting);
        encoder.bytes(receipt.content)
                .bytes(receipt.evidence)
                .optional(receipt.ending, Ending::write);
    }

    private static Receipt read(Decoder decoder) {
        return new Receipt(
                Sighting.read(decoder),
                decoder.bytes(CONTENT_SIZE_BYTES_MAX),
                decoder.bytes(EVIDENCE_SIZE_BYTES_MAX),
                decoder.optional(Ending::read));
    }
}
