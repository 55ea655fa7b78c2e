package org.entente.protocol.link;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Purpose;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// One agent's word that a block of a chain which was final is another one now (protocol.md §6.8).
/// Signed with the key that the epoch record lists for the agent.
///
/// @param since the lowest height whose block may be another; below it stands what was followed
/// @param size of the alliance's log when the agent noticed it: entries from there on were made
///   without it
public record Break(
        AllianceId alliance,
        ChainId chain,
        Block followed,
        Block found,
        long since,
        long size,
        State state) {
    public static final Format<Break> FORMAT =
            new Format<>(Purpose.BREAK, 512, Break::write, Break::read);
    static final int HASH_SIZE_BYTES_MAX = 64;

    /// A block by its height and hash.
    public record Block(long height, Bytes hash) {
        public Block {
            if (height < 0 || hash.isEmpty() || hash.size() > HASH_SIZE_BYTES_MAX) {
                throw new IllegalArgumentException("no block is " + height + " " + hash);
            }
        }

        @Override
        public String toString() {
            return "block " + height + " " + hash;
        }
    }

    /// What the agent makes of it.
    public enum State implements Coded {
        /// It signs nothing that depends on the chain.
        STANDS(1),
        /// Its organisation goes on with the chain as it is now.
        MENDED(2);

        private final int code;

        State(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public Break {
        if (followed.height() != found.height() || followed.hash().equals(found.hash())) {
            throw new IllegalArgumentException(found + " is no other block than " + followed);
        }
        if (since < 0 || since > followed.height() || size < 1) {
            throw new IllegalArgumentException(
                    "since " + since + " and " + size + " entries, where " + followed + " is lost");
        }
    }

    public Break in(State next) {
        return new Break(alliance, chain, followed, found, since, size, next);
    }

    public static void write(Encoder encoder, Break it) {
        block(encoder.alliance(it.alliance).chain(it.chain), it.followed);
        block(encoder, it.found);
        encoder.u64(it.since).u64(it.size).coded(it.state);
    }

    public static Break read(Decoder decoder) {
        return new Break(
                decoder.alliance(),
                decoder.chain(),
                block(decoder),
                block(decoder),
                decoder.u64(),
                decoder.u64(),
                decoder.coded(State.class));
    }

    private static void block(Encoder encoder, Block block) {
        encoder.u64(block.height).bytes(block.hash);
    }

    private static Block block(Decoder decoder) {
        return new Block(decoder.u64(), decoder.bytes(HASH_SIZE_BYTES_MAX));
    }
}
