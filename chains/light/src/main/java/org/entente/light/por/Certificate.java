package org.entente.light.por;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.merkle.InclusionProof;
import org.entente.protocol.merkle.TreeHash;

import java.util.List;

/// A block without its transactions: what shows that the ledger's header was certified by work and
/// by its creator.
///
/// @param path from the creation, the first leaf, to the header's root
/// @param signature of the creator's node, over [#signed]
public record Certificate(
        BlockHeader header, Creation creation, List<Digest> path, Bytes signature) {
    public static final int SIGNATURE_SIZE_BYTES_MAX = 512;
    private static final int PATH_COUNT_MAX = 16;
    public static final Format<Certificate> FORMAT =
            new Format<>(PorTag.CERTIFICATE, 2_048, Certificate::write, Certificate::read);

    /// @param signature at the very end of the block's bytes
    public Certificate {
        path = List.copyOf(path);
    }

    public Digest hash() {
        return header.hash();
    }

    /// What a creator signs: no other chain's block, no other height's.
    ///
    /// @param hash of the header
    public static Bytes signed(ChainId chain, long height, Digest hash) {
        return Signed.FORMAT.encode(new Signed(chain, height, hash));
    }

    private record Signed(ChainId chain, long height, Digest hash) {
        private static final Format<Signed> FORMAT =
                new Format<>(PorTag.BLOCK, 256, Signed::write, Signed::read);

        private static void write(Encoder encoder, Signed signed) {
            encoder.chain(signed.chain).u64(signed.height).digest(signed.hash);
        }

        private static Signed read(Decoder decoder) {
            return new Signed(decoder.chain(), decoder.u64(), decoder.digest());
        }
    }

    /// Whether the creation is the first leaf under the header's root.
    public Verdict bound() {
        if (path.size() > PATH_COUNT_MAX) {
            return Verdict.rejected(Fault.BAD_PROOF, "a path of " + path.size());
        }
        return new InclusionProof(0, creation.count(), path)
                .verify(TreeHash.leaf(Creation.FORMAT.encode(creation)), header.root());
    }

    public static void write(Encoder encoder, Certificate certificate) {
        encoder.fixed(certificate.header.bytes(), BlockHeader.SIZE_BYTES);
        Creation.write(encoder, certificate.creation);
        encoder.list(certificate.path, Encoder::digest).bytes(certificate.signature);
    }

    public static Certificate read(Decoder decoder) {
        return new Certificate(
                BlockHeader.of(decoder.fixed(BlockHeader.SIZE_BYTES)),
                Creation.read(decoder),
                decoder.list(PATH_COUNT_MAX, Decoder::digest),
                decoder.bytes(SIGNATURE_SIZE_BYTES_MAX));
    }
}
