package org.entente.light.industrial;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// A sealer's word on one header. Each phase is a purpose of its own, so that no word passes for
/// that of another phase (docs/chains/industrial.md §1).
///
/// @param header the digest of the ledger's header
public record Ballot(
        Phase phase, Turn turn, Digest header, VerifyingKey sealer, Signature signature) {

    /// What is said of a header, in the order in which it is said.
    public enum Phase implements Coded {
        PROPOSE(1),
        PREPARE(2),
        COMMIT(3);

        private final int code;

        Phase(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    private static final Format<Said> PROPOSED = format(IcbTag.PROPOSE);
    private static final Format<Said> PREPARED = format(IcbTag.PREPARE);
    private static final Format<Said> COMMITTED = format(IcbTag.COMMIT);

    /// What is signed.
    private record Said(ChainId chain, Turn turn, Digest header) {
        private static void write(Encoder encoder, Said said) {
            Turn.write(encoder.chain(said.chain), said.turn);
            encoder.digest(said.header);
        }

        private static Said read(Decoder decoder) {
            return new Said(decoder.chain(), Turn.read(decoder), decoder.digest());
        }
    }

    private static Format<Said> format(IcbTag tag) {
        return new Format<>(tag, 512, Said::write, Said::read);
    }

    public static Ballot by(Signer sealer, Phase phase, ChainId chain, Turn turn, Digest header) {
        return new Ballot(
                phase, turn, header, sealer.key(), sealer.sign(said(phase, chain, turn, header)));
    }

    public boolean isSigned(ChainId chain, Verifier verifier) {
        return verifier.verify(sealer, said(phase, chain, turn, header), signature);
    }

    /// Whether one sealer said two things where it may say one.
    public boolean contradicts(Ballot other) {
        return phase == other.phase
                && turn.equals(other.turn)
                && sealer.equals(other.sealer)
                && !header.equals(other.header);
    }

    static Digest said(Phase phase, ChainId chain, Turn turn, Digest header) {
        Said said = new Said(chain, turn, header);
        return switch (phase) {
            case PROPOSE -> PROPOSED.digest(said);
            case PREPARE -> PREPARED.digest(said);
            case COMMIT -> COMMITTED.digest(said);
        };
    }

    public static void write(Encoder encoder, Ballot ballot) {
        Turn.write(encoder.coded(ballot.phase), ballot.turn);
        encoder.digest(ballot.header).key(ballot.sealer).signature(ballot.signature);
    }

    public static Ballot read(Decoder decoder) {
        return new Ballot(
                decoder.coded(Phase.class),
                Turn.read(decoder),
                decoder.digest(),
                decoder.key(),
                decoder.signature());
    }
}
