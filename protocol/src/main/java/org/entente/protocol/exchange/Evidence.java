package org.entente.protocol.exchange;

import org.entente.protocol.Purpose;
import org.entente.protocol.Sorted;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// What makes an entry's verdict recomputable: what was read and written, who endorsed, who
/// attested.
public record Evidence(
        ReadSet readSet,
        WriteSet writeSet,
        List<Vouch> endorsements,
        List<Attestation> attestations) {
    public static final Format<Evidence> FORMAT =
            new Format<>(Purpose.EVIDENCE, 512 * 1024, Evidence::write, Evidence::read);
    public static final int ENDORSER_COUNT_MAX = 64;

    public Evidence {
        endorsements = List.copyOf(endorsements);
        attestations = List.copyOf(attestations);
        if (endorsements.size() > ENDORSER_COUNT_MAX || attestations.size() > ENDORSER_COUNT_MAX) {
            throw new IllegalArgumentException(
                    endorsements.size()
                            + " endorsements and "
                            + attestations.size()
                            + " attestations where "
                            + ENDORSER_COUNT_MAX
                            + " are allowed");
        }
        Sorted.requireStrictlyAscending(endorsements, "endorsements");
        Sorted.requireStrictlyAscending(attestations, "attestations");
    }

    public static void write(Encoder encoder, Evidence evidence) {
        ReadSet.writeFields(encoder, evidence.readSet);
        WriteSet.writeFields(encoder, evidence.writeSet);
        encoder.list(evidence.endorsements, Vouch::write)
                .list(evidence.attestations, Attestation::write);
    }

    public static Evidence read(Decoder decoder) {
        return new Evidence(
                ReadSet.readFields(decoder),
                WriteSet.readFields(decoder),
                decoder.list(ENDORSER_COUNT_MAX, Vouch::read),
                decoder.list(ENDORSER_COUNT_MAX, Attestation::read));
    }
}
