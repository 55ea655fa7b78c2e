package org.entente.chain.transport;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Tagged;
import org.entente.protocol.Verdict;
import org.entente.protocol.encoding.Format;

/// What each end says first (docs/ledger.md §10.3).
///
/// @param genesis of the chain, by which two networks with one name are told apart
/// @param version of what the messages mean
/// @param words the consensus's own, such as its height
public record Introduction(ChainId chain, Digest genesis, int version, Bytes words) {
    public static final int WORDS_SIZE_BYTES_MAX = 1024;
    public static final Format<Introduction> FORMAT =
            new Format<>(
                    Purpose.HELLO,
                    WORDS_SIZE_BYTES_MAX + 256,
                    (encoder, it) ->
                            encoder.chain(it.chain)
                                    .digest(it.genesis)
                                    .u32(it.version)
                                    .bytes(it.words),
                    decoder ->
                            new Introduction(
                                    decoder.chain(),
                                    decoder.digest(),
                                    decoder.u32(),
                                    decoder.bytes(WORDS_SIZE_BYTES_MAX)));

    private enum Purpose implements Tagged {
        HELLO;

        @Override
        public String tag() {
            return "chain/hello/v1";
        }

        @Override
        public String toString() {
            return tag();
        }
    }

    public Introduction {
        if (version < 0 || words.size() > WORDS_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "version " + version + " with " + words.size() + " bytes of words");
        }
    }

    /// Whether one that says this can talk to one that says the other.
    Verdict meets(Introduction theirs) {
        if (!chain.equals(theirs.chain)) {
            return Verdict.rejected(
                    Fault.WRONG_CHAIN, "here is " + chain + ", not " + theirs.chain);
        }
        if (!genesis.equals(theirs.genesis)) {
            return Verdict.rejected(
                    Fault.WRONG_CHAIN, "the genesis is " + genesis + ", not " + theirs.genesis);
        }
        return version == theirs.version
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.WRONG_CHAIN, "the version is " + version + ", not " + theirs.version);
    }
}
