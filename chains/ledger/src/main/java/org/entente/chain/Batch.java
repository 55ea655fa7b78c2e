package org.entente.chain;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// Transactions that are posted together, each signed by itself.
public record Batch(List<SignedTransaction> transactions) {
    public static final int COUNT_MAX = 1_024;
    private static final int SIZE_BYTES_MAX = 8 << 20;
    public static final Format<Batch> FORMAT =
            new Format<>(ChainPurpose.BATCH, SIZE_BYTES_MAX, Batch::write, Batch::read);

    public Batch {
        transactions = List.copyOf(transactions);
        if (transactions.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one transaction");
        }
    }

    private static void write(Encoder encoder, Batch batch) {
        encoder.list(batch.transactions, SignedTransaction::write);
    }

    private static Batch read(Decoder decoder) {
        return new Batch(decoder.list(COUNT_MAX, SignedTransaction::read));
    }
}
