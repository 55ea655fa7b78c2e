package org.entente.chain.contract.sandbox;

import org.entente.chain.ChainPurpose;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// Which code a name stands for.
///
/// @param owner who brought it, and may bring its next version
/// @param code the digest of the bytes of `code`
public record Deployed(VerifyingKey owner, Digest code) {
    public static final Format<Deployed> FORMAT =
            new Format<>(ChainPurpose.DEPLOYED, 256, Deployed::write, Deployed::read);

    private static void write(Encoder encoder, Deployed deployed) {
        encoder.key(deployed.owner).digest(deployed.code);
    }

    private static Deployed read(Decoder decoder) {
        return new Deployed(decoder.key(), decoder.digest());
    }
}
