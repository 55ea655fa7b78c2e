package org.entente.chain;

import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.List;

/// A general contract: what is done once certain things hold, and until when it may be
/// (docs/ledger.md §11). It can change data of the chain, never the chain itself.
///
/// @param until from then on it has lapsed
/// @param clauses all of which must hold in one block
/// @param effects all done, in their order, or none
public record Pact(Instant until, List<Clause> clauses, List<Effect> effects) {
    private static final int COUNT_MAX = 16;

    public Pact {
        clauses = List.copyOf(clauses);
        effects = List.copyOf(effects);
        requireCount("clauses", clauses.size());
        requireCount("effects", effects.size());
    }

    private static void requireCount(String what, int count) {
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a pact has 1 to " + COUNT_MAX + " " + what + ", not " + count);
        }
    }

    /// A pact that stands, as the state has it.
    ///
    /// @param owner whose transaction made it, and who may withdraw it
    public record Standing(VerifyingKey owner, Pact pact) {
        public static final Format<Standing> FORMAT =
                new Format<>(ChainPurpose.PACT, 128 * 1024, Standing::write, Standing::read);

        /// Whether bytes of one are of this owner, without reading the pact.
        public static boolean isOwnedBy(Bytes standing, VerifyingKey owner) {
            int from = FORMAT.purpose().tag().length() + 1;
            return standing.slice(from, from + owner.bytes().size()).equals(owner.bytes());
        }

        private static void write(Encoder encoder, Standing standing) {
            Pact.write(encoder.key(standing.owner), standing.pact);
        }

        private static Standing read(Decoder decoder) {
            return new Standing(decoder.key(), Pact.read(decoder));
        }
    }

    static void write(Encoder encoder, Pact pact) {
        encoder.time(pact.until)
                .list(pact.clauses, Clause::write)
                .list(pact.effects, Effect::write);
    }

    static Pact read(Decoder decoder) {
        return new Pact(
                decoder.time(),
                decoder.list(COUNT_MAX, Clause::read),
                decoder.list(COUNT_MAX, Effect::read));
    }
}
