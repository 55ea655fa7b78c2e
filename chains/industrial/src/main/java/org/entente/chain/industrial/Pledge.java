package org.entente.chain.industrial;

import org.entente.light.industrial.IcbTag;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.Optional;

/// What a sealer is bound by from now on. Forced to disk before the words that bind it leave, so
/// that a restart can repeat them and say nothing else (docs/chains/industrial.md §6).
///
/// @param turn the newest it takes part in
/// @param changing it waits for the proposal of this view's primary
/// @param proposed as the primary of this view
/// @param preparing what it prepares in this view
/// @param prepared the newest that a quorum prepared, with its block
public record Pledge(
        Turn turn,
        boolean changing,
        Optional<Digest> proposed,
        Optional<Digest> preparing,
        Optional<Held> prepared) {
    public static final Format<Pledge> FORMAT =
            new Format<>(IcbTag.PLEDGE, Message.SIZE_BYTES_MAX, Pledge::write, Pledge::read);

    /// What was prepared, and the block itself: whoever proposes it again needs it.
    public record Held(Prepared proof, Body body) {
        public Held {
            if (!body.digest().equals(proof.header())) {
                throw new IllegalArgumentException("a proof of another block");
            }
        }

        ViewChange.Claim claim() {
            return new ViewChange.Claim(proof.turn().view(), proof.header());
        }

        static void write(Encoder encoder, Held held) {
            Prepared.write(encoder, held.proof);
            Body.write(encoder, held.body);
        }

        static Held read(Decoder decoder) {
            return new Held(Prepared.read(decoder), Body.read(decoder));
        }
    }

    static Pledge begun(Turn turn) {
        return new Pledge(turn, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// In a view of its own, with what was prepared before.
    Pledge entered(int view, boolean changes) {
        return new Pledge(turn.with(view), changes, Optional.empty(), Optional.empty(), prepared);
    }

    Pledge proposing(Digest header) {
        return new Pledge(turn, false, Optional.of(header), preparing, prepared);
    }

    Pledge preparing(Digest header) {
        return new Pledge(turn, false, proposed, Optional.of(header), prepared);
    }

    Pledge prepared(Held held) {
        return new Pledge(turn, changing, proposed, preparing, Optional.of(held));
    }

    private static void write(Encoder encoder, Pledge pledge) {
        Turn.write(encoder, pledge.turn);
        encoder.bool(pledge.changing)
                .optional(pledge.proposed, Encoder::digest)
                .optional(pledge.preparing, Encoder::digest)
                .optional(pledge.prepared, Held::write);
    }

    private static Pledge read(Decoder decoder) {
        return new Pledge(
                Turn.read(decoder),
                decoder.bool(),
                decoder.optional(Decoder::digest),
                decoder.optional(Decoder::digest),
                decoder.optional(Held::read));
    }
}
