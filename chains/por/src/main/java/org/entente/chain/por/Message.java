package org.entente.chain.por;

import org.entente.chain.CertifiedHeader;
import org.entente.chain.SignedTransaction;
import org.entente.chain.state.StatePart;
import org.entente.light.por.PorTag;
import org.entente.light.por.Rules;
import org.entente.light.por.Settings;
import org.entente.light.por.Trail;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What nodes say to each other (docs/chains/por.md §6).
public sealed interface Message {
    int ID_COUNT_MAX = 1_024;
    int BLOCK_COUNT_MAX = 256;

    /// What the blocks, or the transactions, of one message come to at most; one alone may be more.
    int BATCH_SIZE_BYTES_MAX = 4 << 20;

    int SIZE_BYTES_MAX = 8 << 20;

    /// Of a certified header of this chain.
    int HEADER_SIZE_BYTES_MAX = 4_096;

    Format<Message> FORMAT =
            new Format<>(PorTag.MESSAGE, SIZE_BYTES_MAX, Message::write, Message::read);

    /// A block that the sender has; when it connects, the newest of its best branch.
    record Have(long height, Digest hash) implements Message {}

    /// For one block.
    record Fetch(Digest hash) implements Message {}

    /// For the blocks of the best branch, from a height on.
    record Ask(long from) implements Message {}

    /// @param blocks as they are kept, in ascending order
    record Blocks(List<Bytes> blocks) implements Message {
        public Blocks {
            blocks = List.copyOf(blocks);
        }
    }

    /// Transactions that the sender has.
    record Offer(List<Digest> ids) implements Message {
        public Offer {
            ids = List.copyOf(ids);
        }
    }

    /// For transactions that were offered.
    record Want(List<Digest> ids) implements Message {
        public Want {
            ids = List.copyOf(ids);
        }
    }

    record Give(List<SignedTransaction> transactions) implements Message {
        public Give {
            transactions = List.copyOf(transactions);
        }
    }

    /// What the sender's clock shows, to milliseconds.
    record Moment(Instant now) implements Message {}

    /// For the headers of the best branch, from a height on.
    record Trace(long from) implements Message {}

    /// @param headers of consecutive blocks, certified
    /// @param rules those that begin at one of them
    record Headers(List<CertifiedHeader> headers, List<Rules> rules) implements Message {
        public Headers {
            headers = List.copyOf(headers);
            rules = List.copyOf(rules);
        }
    }

    /// For a part of the state after a final block.
    ///
    /// @param height of the block; 0: which there is
    /// @param from where the part begins
    record Seek(long height, Digest from) implements Message {}

    /// @param height with a part: that of the block it was asked for; without: that of the newest
    ///   state which there is, 0 where there is none
    record Part(long height, Optional<StatePart> part) implements Message {}

    private static void write(Encoder encoder, Message message) {
        switch (message) {
            case Have(long height, Digest hash) -> encoder.u8(1).u64(height).digest(hash);
            case Fetch(Digest hash) -> encoder.u8(2).digest(hash);
            case Ask(long from) -> encoder.u8(3).u64(from);
            case Blocks(List<Bytes> blocks) -> encoder.u8(4).list(blocks, Encoder::bytes);
            case Offer(List<Digest> ids) -> encoder.u8(5).list(ids, Encoder::digest);
            case Want(List<Digest> ids) -> encoder.u8(6).list(ids, Encoder::digest);
            case Give(List<SignedTransaction> transactions) ->
                    encoder.u8(7)
                            .list(
                                    transactions,
                                    (to, each) -> to.bytes(SignedTransaction.FORMAT.encode(each)));
            case Moment(Instant now) -> encoder.u8(8).time(now);
            case Trace(long from) -> encoder.u8(9).u64(from);
            case Headers(List<CertifiedHeader> headers, List<Rules> rules) ->
                    encoder.u8(10)
                            .list(
                                    headers,
                                    (to, each) -> to.bytes(CertifiedHeader.FORMAT.encode(each)))
                            .list(rules, Rules::write);
            case Seek(long height, Digest from) -> encoder.u8(11).u64(height).digest(from);
            case Part(long height, Optional<StatePart> part) ->
                    encoder.u8(12).u64(height).optional(part, StatePart::write);
        }
    }

    private static Message read(Decoder decoder) {
        int kind = decoder.u8();
        return switch (kind) {
            case 1 -> new Have(decoder.u64(), decoder.digest());
            case 2 -> new Fetch(decoder.digest());
            case 3 -> new Ask(decoder.u64());
            case 4 ->
                    new Blocks(
                            decoder.list(
                                    BLOCK_COUNT_MAX,
                                    each -> each.bytes(Settings.BLOCK_SIZE_BYTES_MAX)));
            case 5 -> new Offer(decoder.list(ID_COUNT_MAX, Decoder::digest));
            case 6 -> new Want(decoder.list(ID_COUNT_MAX, Decoder::digest));
            case 7 -> new Give(decoder.list(ID_COUNT_MAX, Message::transaction));
            case 8 -> new Moment(decoder.time());
            case 9 -> new Trace(decoder.u64());
            case 10 ->
                    new Headers(
                            decoder.list(Trail.COUNT_MAX, Message::header),
                            decoder.list(Trail.RULES_COUNT_MAX, Rules::read));
            case 11 -> new Seek(decoder.u64(), decoder.digest());
            case 12 -> new Part(decoder.u64(), decoder.optional(StatePart::read));
            default -> throw new IllegalArgumentException("no message has the number " + kind);
        };
    }

    private static SignedTransaction transaction(Decoder decoder) {
        return inner(SignedTransaction.FORMAT, decoder.bytes(SignedTransaction.SIZE_BYTES_MAX));
    }

    private static CertifiedHeader header(Decoder decoder) {
        return inner(CertifiedHeader.FORMAT, decoder.bytes(HEADER_SIZE_BYTES_MAX));
    }

    private static <T> T inner(Format<T> format, Bytes bytes) {
        return switch (format.decode(bytes)) {
            case Parsed.Value<T>(T value) -> value;
            case Parsed.Refused<T>(Verdict.Rejected why) ->
                    throw new IllegalArgumentException("in a message: " + why);
        };
    }
}
