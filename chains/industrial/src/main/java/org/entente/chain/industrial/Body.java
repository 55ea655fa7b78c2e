package org.entente.chain.industrial;

import org.entente.chain.Action;
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
    /// With so many, and their receipts, a block fits a message between nodes.
    public static final int TRANSACTION_COUNT_MAX = 2_048;

    /// Of all of them together.
    public static final int TRANSACTIONS_SIZE_BYTES_MAX = 4 << 20;

    /// Room for the first transaction.
    public static final int EVIDENCE_SIZE_BYTES_MAX = 1 << 17;

    /// Of one of the others.
    public static final int TRANSACTION_SIZE_BYTES_MAX =
            TRANSACTIONS_SIZE_BYTES_MAX - EVIDENCE_SIZE_BYTES_MAX - Integer.BYTES;

    private static final int HEADER_SIZE_BYTES_MAX = 512;

    public Body {
        transactions = List.copyOf(transactions);
    }

    public Digest digest() {
        return header.digest();
    }

    /// Whether its first transaction is evidence by whose block it is, and all together fit a
    /// message.
    boolean isSound() {
        long size = transactions.stream().mapToLong(SignedTransaction::sizeBytes).sum();
        if (transactions.isEmpty() || size > TRANSACTIONS_SIZE_BYTES_MAX) {
            return false;
        }
        Transaction first = transactions.getFirst().transaction();
        return first.account().equals(header.creator())
                && first.action() instanceof Action.Govern(var words)
                && Words.FORMAT.decode(words) instanceof Parsed.Value<Words>(Words.Evidence _);
    }

    static void write(Encoder encoder, Body body) {
        write(encoder.bytes(Header.FORMAT.encode(body.header)), body.transactions);
    }

    static void write(Encoder encoder, List<SignedTransaction> transactions) {
        int size = transactions.stream().mapToInt(each -> Integer.BYTES + each.sizeBytes()).sum();
        encoder.expecting(size)
                .list(transactions, (to, each) -> to.bytes(SignedTransaction.FORMAT.encode(each)));
    }

    static Body read(Decoder decoder) {
        return new Body(
                Message.whole(Header.FORMAT.decode(decoder.bytes(HEADER_SIZE_BYTES_MAX))),
                read(decoder, TRANSACTION_COUNT_MAX));
    }

    static List<SignedTransaction> read(Decoder decoder, int countMax) {
        return decoder.list(
                countMax,
                each ->
                        Message.whole(
                                SignedTransaction.FORMAT.decode(
                                        each.bytes(SignedTransaction.SIZE_BYTES_MAX))));
    }
}
