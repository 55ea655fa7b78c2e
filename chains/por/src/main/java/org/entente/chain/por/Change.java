package org.entente.chain.por;

import org.entente.light.NodeKey;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

/// What members can agree to change: the paper's strong contracts of the second and third kind.
///
/// Where a node's key becomes a member's, that key signs [Member#consent]: nobody is enrolled with
/// a key that it does not have.
public sealed interface Change {
    int SIGNATURE_SIZE_BYTES_MAX = 512;

    /// @param member whose `joined` is 0 until it has
    /// @param consent of its node's key
    record Add(Member member, Bytes consent) implements Change {}

    record Remove(VerifyingKey account) implements Change {}

    /// Another key, host or port; the name stays.
    ///
    /// @param consent of the key, also where it stays the same
    /// @param handover of the key before, which signs the same; empty where it stays the same. Who
    ///   has lost its key leaves and joins anew
    record Update(
            VerifyingKey account, NodeKey key, String host, int port, Bytes consent, Bytes handover)
            implements Change {}

    record Retune(Parameters parameters) implements Change {}

    static void write(Encoder encoder, Change change) {
        switch (change) {
            case Add(Member member, Bytes consent) -> {
                encoder.u8(1);
                Member.write(encoder, member);
                encoder.bytes(consent);
            }
            case Remove(VerifyingKey account) -> encoder.u8(2).key(account);
            case Update(
                            VerifyingKey account,
                            NodeKey key,
                            String host,
                            int port,
                            Bytes consent,
                            Bytes handover) ->
                    encoder.u8(3)
                            .key(account)
                            .bytes(key.der())
                            .text(host)
                            .u16(port)
                            .bytes(consent)
                            .bytes(handover);
            case Retune(Parameters parameters) -> {
                encoder.u8(4);
                Parameters.write(encoder, parameters);
            }
        }
    }

    static Change read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Add(Member.read(decoder), decoder.bytes(SIGNATURE_SIZE_BYTES_MAX));
            case 2 -> new Remove(decoder.key());
            case 3 ->
                    new Update(
                            decoder.key(),
                            new NodeKey(decoder.bytes(NodeKey.SIZE_BYTES_MAX)),
                            decoder.text(Member.HOST_SIZE_BYTES_MAX),
                            decoder.u16(),
                            decoder.bytes(SIGNATURE_SIZE_BYTES_MAX),
                            decoder.bytes(SIGNATURE_SIZE_BYTES_MAX));
            case 4 -> new Retune(Parameters.read(decoder));
            default -> throw new IllegalArgumentException("no change has the number " + kind);
        };
    }
}
