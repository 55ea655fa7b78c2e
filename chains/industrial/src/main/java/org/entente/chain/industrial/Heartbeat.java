package org.entente.chain.industrial;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.light.industrial.IcbTag;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// A member's word that it is there at the end of an epoch. It names a block that nobody knew
/// before, so that none can be laid in store (docs/chains/industrial.md §3).
///
/// @param pulse the digest of the header before the first block that takes heartbeats
public record Heartbeat(long epoch, Digest pulse, VerifyingKey member, Signature signature) {

    private record Said(ChainId chain, long epoch, Digest pulse) {
        private static final Format<Said> FORMAT =
                new Format<>(IcbTag.HEARTBEAT, 512, Said::write, Said::read);

        private static void write(Encoder encoder, Said said) {
            encoder.chain(said.chain).u64(said.epoch).digest(said.pulse);
        }

        private static Said read(Decoder decoder) {
            return new Said(decoder.chain(), decoder.u64(), decoder.digest());
        }
    }

    public static Heartbeat by(Signer member, ChainId chain, long epoch, Digest pulse) {
        Digest said = Said.FORMAT.digest(new Said(chain, epoch, pulse));
        return new Heartbeat(epoch, pulse, member.key(), member.sign(said));
    }

    public boolean isSigned(ChainId chain, Verifier verifier) {
        return verifier.verify(
                member, Said.FORMAT.digest(new Said(chain, epoch, pulse)), signature);
    }

    static void write(Encoder encoder, Heartbeat beat) {
        encoder.u64(beat.epoch).digest(beat.pulse).key(beat.member).signature(beat.signature);
    }

    static Heartbeat read(Decoder decoder) {
        return new Heartbeat(decoder.u64(), decoder.digest(), decoder.key(), decoder.signature());
    }
}
