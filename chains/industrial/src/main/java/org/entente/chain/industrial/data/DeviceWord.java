package org.entente.chain.industrial.data;

import org.entente.certs.Signer;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// That a device itself vouches for a batch of its series; whoever carries the batch to the chain
/// adds, leaves out and changes nothing (docs/chains/industrial-data.md §3.5).
///
/// @param certificate digest of the one whose key signs
/// @param signature over what is said
public record DeviceWord(Digest certificate, Signature signature) {
    /// By the device's key.
    public static DeviceWord by(Signer device, Said said) {
        return new DeviceWord(said.certificate, device.sign(said.digest()));
    }

    /// What is signed.
    ///
    /// @param number of the batch in its series
    public record Said(ChainId chain, DataId id, Digest certificate, long number, Summary summary) {
        public static final Format<Said> FORMAT =
                new Format<>(DataTag.WORD, 512, Said::write, Said::read);

        public Said {
            if (number < 0) {
                throw new IllegalArgumentException("parts are numbered from 0, not " + number);
            }
        }

        public Digest digest() {
            return FORMAT.digest(this);
        }

        private static void write(Encoder encoder, Said said) {
            DataId.write(encoder.chain(said.chain), said.id);
            Summary.write(encoder.digest(said.certificate).u64(said.number), said.summary);
        }

        private static Said read(Decoder decoder) {
            return new Said(
                    decoder.chain(),
                    DataId.read(decoder),
                    decoder.digest(),
                    decoder.u64(),
                    Summary.read(decoder));
        }
    }

    static void write(Encoder encoder, DeviceWord word) {
        encoder.digest(word.certificate).signature(word.signature);
    }

    static DeviceWord read(Decoder decoder) {
        return new DeviceWord(decoder.digest(), decoder.signature());
    }
}
