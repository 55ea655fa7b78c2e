package org.entente.chain;

import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.List;

/// Transactions in their order, and what became of each.
public record Block(
        CertifiedHeader certified, List<SignedTransaction> transactions, List<Receipt> receipts) {
    public static final int TRANSACTION_COUNT_MAX = 8_192;
    public static final int TRANSACTIONS_SIZE_BYTES_MAX = 40 * 1024 * 1024;
    public static final Format<Block> FORMAT =
            new Format<>(
                    ChainPurpose.BLOCK,
                    TRANSACTIONS_SIZE_BYTES_MAX + 16 * 1024 * 1024,
                    Block::write,
                    Block::read);

    public Block {
        transactions = List.copyOf(transactions);
        receipts = List.copyOf(receipts);
        if (transactions.size() != receipts.size() || transactions.size() > TRANSACTION_COUNT_MAX) {
            throw new IllegalArgumentException(
                    transactions.size() + " transactions with " + receipts.size() + " receipts");
        }
    }

    public Header header() {
        return certified.header();
    }

    private static void write(Encoder encoder, Block block) {
        CertifiedHeader.write(encoder, block.certified);
        encoder.list(block.transactions, SignedTransaction::write)
                .list(block.receipts, Receipt::write);
    }

    private static Block read(Decoder decoder) {
        return new Block(
                CertifiedHeader.read(decoder),
                decoder.list(TRANSACTION_COUNT_MAX, SignedTransaction::read),
                decoder.list(TRANSACTION_COUNT_MAX, Receipt::read));
    }
}
