package org.entente.protocol.exchange;

import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What was submitted, whole: the signed request and the signed proposal. An exchange's record in
/// the log carries it; the entry has the digest of its [Submission].
///
/// @param proposerSignature over the proposal's digest
public record Sequence(Ask ask, Proposal proposal, Signature proposerSignature) {
    public static final Format<Sequence> FORMAT =
            new Format<>(Purpose.SEQUENCE, 10 * 1024, Sequence::writeFields, Sequence::readFields);

    public Submission submission() {
        return new Submission(ask.signature(), Proposal.FORMAT.digest(proposal), proposerSignature);
    }

    public Digest digest() {
        return Submission.FORMAT.digest(submission());
    }

    public static void writeFields(Encoder encoder, Sequence sequence) {
        Ask.writeFields(encoder, sequence.ask);
        Proposal.write(encoder, sequence.proposal);
        encoder.signature(sequence.proposerSignature);
    }

    public static Sequence readFields(Decoder decoder) {
        return new Sequence(Ask.readFields(decoder), Proposal.read(decoder), decoder.signature());
    }
}
