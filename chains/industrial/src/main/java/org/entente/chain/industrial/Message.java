package org.entente.chain.industrial;

import org.entente.chain.Block;
import org.entente.chain.SignedTransaction;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.IcbTag;
import org.entente.light.industrial.Sealers;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;
import java.util.Optional;

/// What nodes say to each other (docs/chains/industrial.md §6).
public sealed interface Message {
    int BLOCK_COUNT_MAX = 64;
    int SIZE_BYTES_MAX = Block.FORMAT.sizeMax() + (1 << 20);
    Format<Message> FORMAT =
            new Format<>(IcbTag.MESSAGE, SIZE_BYTES_MAX, Message::write, Message::read);

    /// A message of one height.
    sealed interface Timed extends Message {
        Turn turn();
    }

    /// By the primary of a view.
    ///
    /// @param reason in a view above 0: a quorum that gave up those before
    /// @param prepared the newest that one of them claims
    record Propose(Ballot ballot, Body body, List<ViewChange> reason, Optional<Prepared> prepared)
            implements Timed {
        public Propose {
            reason = List.copyOf(reason);
        }

        @Override
        public Turn turn() {
            return ballot.turn();
        }
    }

    /// A PREPARE or a COMMIT.
    ///
    /// @param upon of a PREPARE: the primary's word that it answers, so that whoever was told
    ///   something else sees it
    record Vote(Ballot ballot, Optional<Ballot> upon) implements Timed {
        @Override
        public Turn turn() {
            return ballot.turn();
        }
    }

    /// @param held what it claims
    record Change(ViewChange change, Optional<Pledge.Held> held) implements Timed {
        @Override
        public Turn turn() {
            return change.to();
        }
    }

    record Beat(Heartbeat heartbeat) implements Message {}

    /// The height of the sender's newest block.
    record Have(long height) implements Message {}

    record Ask(long from) implements Message {}

    /// Blocks that are final, with their certificates.
    record Blocks(List<Block> blocks) implements Message {
        public Blocks {
            blocks = List.copyOf(blocks);
        }
    }

    /// Transactions that wait, for whoever may propose them.
    record Give(List<SignedTransaction> transactions) implements Message {
        public static final int COUNT_MAX = 1_024;

        public Give {
            transactions = List.copyOf(transactions);
        }
    }

    private static void write(Encoder encoder, Message message) {
        switch (message) {
            case Propose(Ballot ballot, Body body, var reason, var prepared) -> {
                Ballot.write(encoder.u8(1), ballot);
                Body.write(encoder, body);
                encoder.list(reason, ViewChange::write).optional(prepared, Prepared::write);
            }
            case Vote(Ballot ballot, var upon) -> {
                Ballot.write(encoder.u8(2), ballot);
                encoder.optional(upon, Ballot::write);
            }
            case Change(ViewChange change, var held) -> {
                ViewChange.write(encoder.u8(3), change);
                encoder.optional(held, Pledge.Held::write);
            }
            case Beat(Heartbeat beat) -> Heartbeat.write(encoder.u8(4), beat);
            case Have(long height) -> encoder.u8(5).u64(height);
            case Ask(long from) -> encoder.u8(6).u64(from);
            case Blocks(List<Block> blocks) ->
                    encoder.u8(7).list(blocks, (to, each) -> to.bytes(Block.FORMAT.encode(each)));
            case Give(List<SignedTransaction> transactions) ->
                    Body.write(encoder.u8(8), transactions);
        }
    }

    private static Message read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 ->
                    new Propose(
                            Ballot.read(decoder),
                            Body.read(decoder),
                            decoder.list(Sealers.COUNT_MAX, ViewChange::read),
                            decoder.optional(Prepared::read));
            case 2 -> new Vote(Ballot.read(decoder), decoder.optional(Ballot::read));
            case 3 -> new Change(ViewChange.read(decoder), decoder.optional(Pledge.Held::read));
            case 4 -> new Beat(Heartbeat.read(decoder));
            case 5 -> new Have(decoder.u64());
            case 6 -> new Ask(decoder.u64());
            case 7 ->
                    new Blocks(
                            decoder.list(
                                    BLOCK_COUNT_MAX,
                                    each ->
                                            whole(
                                                    Block.FORMAT.decode(
                                                            each.bytes(Block.FORMAT.sizeMax())))));
            case 8 -> new Give(Body.read(decoder, Give.COUNT_MAX));
            default -> throw new IllegalArgumentException("no message has the number " + kind);
        };
    }

    /// An object within another.
    static <T> T whole(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Value<T>(T value) -> value;
            case Parsed.Refused<T>(Verdict.Rejected why) ->
                    throw new IllegalArgumentException(why.toString());
        };
    }
}
