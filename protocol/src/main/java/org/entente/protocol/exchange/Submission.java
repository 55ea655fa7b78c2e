package org.entente.protocol.exchange;

import org.entente.protocol.Digest;
import org.entente.protocol.Purpose;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What is ordered: a request by its signature, with its proposal by digest and signature.
public record Submission(Signature requestSignature, Digest proposal, Signature proposerSignature) {
    public static final Format<Submission> FORMAT =
            new Format<>(Purpose.SUBMISSION, 512, Submission::write, Submission::read);

    private static void write(Encoder encoder, Submission submission) {
        encoder.signature(submission.requestSignature)
                .digest(submission.proposal)
                .signature(submission.proposerSignature);
    }

    private static Submission read(Decoder decoder) {
        return new Submission(decoder.signature(), decoder.digest(), decoder.signature());
    }
}
