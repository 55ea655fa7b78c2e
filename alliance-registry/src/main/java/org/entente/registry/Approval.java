package org.entente.registry;

import org.entente.certs.Signer;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// One signature under a change or a proposal. The key is named so that a wrong key and a wrong
/// signature are told apart.
public record Approval(Approver approver, VerifyingKey key, Signature signature)
        implements Comparable<Approval> {

    public static Approval by(Approver approver, Signer signer, Digest subject) {
        return new Approval(approver, signer.key(), signer.sign(subject));
    }

    static void write(Encoder encoder, Approval approval) {
        Approver.write(encoder, approval.approver);
        encoder.key(approval.key).signature(approval.signature);
    }

    static Approval read(Decoder decoder) {
        return new Approval(Approver.read(decoder), decoder.key(), decoder.signature());
    }

    /// By approver alone.
    @Override
    public int compareTo(Approval other) {
        return approver.compareTo(other.approver);
    }
}
