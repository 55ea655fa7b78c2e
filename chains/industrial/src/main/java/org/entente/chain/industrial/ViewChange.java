package org.entente.chain.industrial;

import org.entente.light.industrial.IcbTag;
import org.entente.light.industrial.Turn;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.Optional;

/// A sealer's word that it gave up all views before one.
///
/// @param to the turn that it waits for
/// @param claim what it prepared last at this height
public record ViewChange(Turn to, Optional<Claim> claim, VerifyingKey sealer, Signature signature) {

    /// @param view below the one that is waited for
    public record Claim(int view, Digest header) {
        private static void write(Encoder encoder, Claim claim) {
            encoder.u32(claim.view).digest(claim.header);
        }

        private static Claim read(Decoder decoder) {
            return new Claim(decoder.u32(), decoder.digest());
        }
    }

    private record Said(ChainId chain, Turn to, Optional<Claim> claim) {
        private static final Format<Said> FORMAT =
                new Format<>(IcbTag.VIEW_CHANGE, 512, Said::write, Said::read);

        private static void write(Encoder encoder, Said said) {
            Turn.write(encoder.chain(said.chain), said.to);
            encoder.optional(said.claim, Claim::write);
        }

        private static Said read(Decoder decoder) {
            return new Said(decoder.chain(), Turn.read(decoder), decoder.optional(Claim::read));
        }
    }

    static ViewChange by(Self self, Turn to, Optional<Claim> claim) {
        Digest said = Said.FORMAT.digest(new Said(self.chain(), to, claim));
        return new ViewChange(to, claim, self.key(), self.signer().sign(said));
    }

    boolean isSigned(Self self) {
        Digest said = Said.FORMAT.digest(new Said(self.chain(), to, claim));
        return self.verifier().verify(sealer, said, signature);
    }

    static void write(Encoder encoder, ViewChange change) {
        Turn.write(encoder, change.to);
        encoder.optional(change.claim, Claim::write).key(change.sealer).signature(change.signature);
    }

    static ViewChange read(Decoder decoder) {
        return new ViewChange(
                Turn.read(decoder),
                decoder.optional(Claim::read),
                decoder.key(),
                decoder.signature());
    }
}
