package org.entente.chain.industrial;

import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.IcbTag;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;
import java.util.Optional;

/// What a transaction tells the consensus (docs/chains/industrial.md §3).
public sealed interface Words {
    int EVIDENCE_COUNT_MAX = 256;
    Format<Words> FORMAT = new Format<>(IcbTag.WORDS, 64 * 1024, Words::write, Words::read);

    /// By whose block it is, first in it: what is known of how others behaved.
    ///
    /// @param certificate of the block before, with all COMMITs that are known; of block 1 none
    /// @param late COMMITs that earlier certificates miss
    record Evidence(
            Optional<CommitCertificate> certificate,
            List<Ballot> late,
            List<Heartbeat> heartbeats,
            List<Equivocation> equivocations)
            implements Words {
        public Evidence {
            late = List.copyOf(late);
            heartbeats = List.copyOf(heartbeats);
            equivocations = List.copyOf(equivocations);
        }
    }

    /// By the chain's owner: whoever was banned may seal again.
    record Readmit(VerifyingKey member) implements Words {}

    private static void write(Encoder encoder, Words words) {
        switch (words) {
            case Evidence(var certificate, var late, var heartbeats, var equivocations) ->
                    encoder.u8(1)
                            .optional(certificate, CommitCertificate::write)
                            .list(late, Ballot::write)
                            .list(heartbeats, Heartbeat::write)
                            .list(equivocations, Equivocation::write);
            case Readmit(VerifyingKey member) -> encoder.u8(2).key(member);
        }
    }

    private static Words read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Evidence(
                            decoder.optional(CommitCertificate::read),
                            decoder.list(EVIDENCE_COUNT_MAX, Ballot::read),
                            decoder.list(EVIDENCE_COUNT_MAX, Heartbeat::read),
                            decoder.list(EVIDENCE_COUNT_MAX, Equivocation::read));
            case 2 -> new Readmit(decoder.key());
            default -> throw new IllegalArgumentException("no words have the number " + kind);
        };
    }
}
