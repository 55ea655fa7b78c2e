package org.entente.chain;

import org.entente.certs.Signer;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// A transaction as it is posted, and as a leaf of a block's tree.
public record SignedTransaction(Transaction transaction, Signature signature) {
    public static final int SIZE_BYTES_MAX = Transaction.SIZE_BYTES_MAX + Signature.SIZE_BYTES;
    public static final Format<SignedTransaction> FORMAT =
            new Format<>(
                    ChainPurpose.SIGNED_TRANSACTION,
                    SIZE_BYTES_MAX,
                    SignedTransaction::write,
                    SignedTransaction::read);

    public static SignedTransaction by(Signer account, Transaction transaction) {
        return new SignedTransaction(transaction, account.sign(transaction.id()));
    }

    static void write(Encoder encoder, SignedTransaction signed) {
        Transaction.write(encoder, signed.transaction);
        encoder.signature(signed.signature);
    }

    static SignedTransaction read(Decoder decoder) {
        return new SignedTransaction(Transaction.read(decoder), decoder.signature());
    }
}
