package org.entente.protocol.delivery;

import org.entente.protocol.Bytes;
import org.entente.protocol.Purpose;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Submission;
import org.entente.protocol.exchange.WriteSet;

import java.util.List;

/// What a deliverer brings to an inbox contract: a sealed VALID entry, all that its digests stand
/// for, and the values (protocol.md §6.9).
///
/// @param values of the writes, in their order
public record Delivery(
        Sighting sighting,
        Request request,
        Signature requestSignature,
        Proposal proposal,
        Signature proposerSignature,
        Evidence evidence,
        List<Bytes> values) {
    public static final int VALUES_SIZE_BYTES_MAX = 16 * 1024 * 1024;
    private static final int PROOFS_SIZE_BYTES_MAX = 640 * 1024;
    public static final Format<Delivery> FORMAT =
            new Format<>(
                    Purpose.DELIVERY,
                    VALUES_SIZE_BYTES_MAX + PROOFS_SIZE_BYTES_MAX,
                    Delivery::write,
                    Delivery::read);

    public Delivery {
        values = List.copyOf(values);
        if (values.size() != evidence.writeSet().writes().size()) {
            throw new IllegalArgumentException(
                    values.size()
                            + " values for "
                            + evidence.writeSet().writes().size()
                            + " writes");
        }
    }

    public Submission submission() {
        return new Submission(
                requestSignature, Proposal.FORMAT.digest(proposal), proposerSignature);
    }

    private static void write(Encoder encoder, Delivery delivery) {
        Sighting.write(encoder, delivery.sighting);
        Request.write(encoder, delivery.request);
        encoder.signature(delivery.requestSignature);
        Proposal.write(encoder, delivery.proposal);
        encoder.signature(delivery.proposerSignature);
        Evidence.write(encoder, delivery.evidence);
        encoder.list(delivery.values, Encoder::bytes);
    }

    private static Delivery read(Decoder decoder) {
        return new Delivery(
                Sighting.read(decoder),
                Request.read(decoder),
                decoder.signature(),
                Proposal.read(decoder),
                decoder.signature(),
                Evidence.read(decoder),
                decoder.list(WriteSet.COUNT_MAX, each -> each.bytes(VALUES_SIZE_BYTES_MAX)));
    }
}
