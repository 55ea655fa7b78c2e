package org.entente.chain.industrial;

import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.Header;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;

import java.util.List;

/// What a primary proposes: a header, and what makes it.
public record Body(Header header, List<SignedTransaction> transactions) {
    private static final int HEADER_SIZE_BYTES_MAX = 512;

    public Body {
        transactions = List.copyOf(transactions);
    }

    public Digest digest() {
        return header.digest();
    }

    /// Whether its first transaction is evidence by whose block it is.
    boolean beginsWithEvidence() {
        if (transactions.isEmpty()) {
            return false;
        }
        Transaction first = transactions.getFirst().transaction();
        return first.account().equals(header.creator())
                && first.action() instanceof Action.Govern(var words)
                && Words.FORMAT.decode(words) instanceof Parsed.Value<Words>(Words.Evidence _);
    }

    static void write(Encoder encoder, Body body) {
        encoder.bytes(Header.FORMAT.encode(body.header))
                .list(
                        body.transactions,
                        (to, each) -> to.bytes(SignedTransaction.FORMAT.encode(each)));
    }

    static Body read(Decoder decoder) {
        return new Body(
                Message.whole(Header.FORMAT.decode(decoder.bytes(HEADER_SIZE_BYTES_MAX))),
                decoder.list(
                        Block.TRANSACTION_COUNT_MAX,
                        each ->
                                Message.whole(
                                        SignedTransaction.FORMAT.decode(
                                                each.bytes(SignedTransaction.SIZE_BYTES_MAX)))));
    }
}
