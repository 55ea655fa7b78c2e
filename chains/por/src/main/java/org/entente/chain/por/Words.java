package org.entente.chain.por;

import org.entente.light.por.Certificate;
import org.entente.light.por.PorTag;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Duration;

/// What a transaction tells the consensus (docs/chains/por.md §4.2).
public sealed interface Words {
    Format<Words> FORMAT = new Format<>(PorTag.WORDS, 16 * 1024, Words::write, Words::read);
    Duration VALIDITY_LEAST = Duration.ofMinutes(1);
    Duration VALIDITY_MOST = Duration.ofDays(7);

    /// By a member: that something be changed; its own yes is in it.
    ///
    /// @param validity how long there is to vote, by the time of blocks; whole seconds
    record Propose(Change change, Duration validity) implements Words {
        public Propose {
            if (validity.compareTo(VALIDITY_LEAST) < 0
                    || validity.compareTo(VALIDITY_MOST) > 0
                    || validity.toNanosPart() != 0) {
                throw new IllegalArgumentException(
                        "a proposal is valid for whole seconds, a minute to seven days, not "
                                + validity);
            }
        }
    }

    /// By a member: what it says to a proposal.
    ///
    /// @param proposal the id of the transaction that proposed
    record Vote(Digest proposal, boolean yes) implements Words {}

    /// By anyone: two blocks of one creator upon the same one.
    record Evidence(Certificate one, Certificate other) implements Words {}

    private static void write(Encoder encoder, Words words) {
        switch (words) {
            case Propose(Change change, Duration validity) -> {
                encoder.u8(1).u32((int) validity.toSeconds());
                Change.write(encoder, change);
            }
            case Vote(Digest proposal, boolean yes) -> encoder.u8(2).digest(proposal).bool(yes);
            case Evidence(Certificate one, Certificate other) -> {
                encoder.u8(3);
                Certificate.write(encoder, one);
                Certificate.write(encoder, other);
            }
        }
    }

    private static Words read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> {
                Duration validity = Duration.ofSeconds(decoder.u32());
                yield new Propose(Change.read(decoder), validity);
            }
            case 2 -> new Vote(decoder.digest(), decoder.bool());
            case 3 -> new Evidence(Certificate.read(decoder), Certificate.read(decoder));
            default -> throw new IllegalArgumentException("no words have the number " + kind);
        };
    }
}
