package org.entente.chain.contract.sandbox;

import org.entente.chain.ChainPurpose;
import org.entente.protocol.Bytes;
import org.entente.protocol.Name;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// The arguments of `deploy`: code under a name.
///
/// @param code the bytes of a [Code]
public record Deployment(Name contract, Bytes code) {
    public static final Format<Deployment> FORMAT =
            new Format<>(
                    ChainPurpose.DEPLOYMENT,
                    Code.SIZE_BYTES_MAX + 256,
                    Deployment::write,
                    Deployment::read);

    private static void write(Encoder encoder, Deployment deployment) {
        encoder.name(deployment.contract).bytes(deployment.code);
    }

    private static Deployment read(Decoder decoder) {
        return new Deployment(decoder.name(), decoder.bytes(Code.SIZE_BYTES_MAX));
    }
}
