package org.entente.chain;

import org.entente.certs.Signer;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.jspecify.annotations.Nullable;

/// A transaction as it is posted, and as a leaf of a block's tree.
///
/// No record: it keeps its bytes and its id. One is encoded for the pool, the peers, the tree and
/// the log, and asked for its id by each of them; the bytes are those in which it came.
public final class SignedTransaction {
    public static final int SIZE_BYTES_MAX = Transaction.SIZE_BYTES_MAX + Signature.SIZE_BYTES;
    public static final Format<SignedTransaction> FORMAT =
            new Format<>(
                    ChainPurpose.SIGNED_TRANSACTION,
                    SIZE_BYTES_MAX,
                    SignedTransaction::write,
                    SignedTransaction::read);
    private static final int TAG_SIZE_BYTES =
            Bytes.utf8(ChainPurpose.SIGNED_TRANSACTION.tag()).size() + 1;

    /// Field by field.
    private static final Format<SignedTransaction> WRITTEN =
            new Format<>(
                    ChainPurpose.SIGNED_TRANSACTION,
                    SIZE_BYTES_MAX,
                    (encoder, signed) -> {
                        Transaction.write(encoder, signed.transaction);
                        encoder.signature(signed.signature);
                    },
                    SignedTransaction::read);

    private final Transaction transaction;
    private final Signature signature;

    /// Two threads at once both find the same; each is immutable, so nothing is locked.
    private @Nullable Bytes fields;

    private @Nullable Digest id;

    public SignedTransaction(Transaction transaction, Signature signature) {
        this.transaction = transaction;
        this.signature = signature;
    }

    public static SignedTransaction by(Signer account, Transaction transaction) {
        return new SignedTransaction(transaction, account.sign(transaction.id()));
    }

    public Transaction transaction() {
        return transaction;
    }

    public Signature signature() {
        return signature;
    }

    /// Of the transaction, whoever signed it.
    public Digest id() {
        Digest known = id;
        if (known == null) {
            known = transaction.id();
            id = known;
        }
        return known;
    }

    /// Of its bytes, as it is posted.
    public int sizeBytes() {
        return TAG_SIZE_BYTES + fields().size();
    }

    private Bytes fields() {
        Bytes known = fields;
        if (known == null) {
            known = withoutTag(WRITTEN.encode(this));
            fields = known;
        }
        return known;
    }

    private static Bytes withoutTag(Bytes bytes) {
        return bytes.slice(TAG_SIZE_BYTES, bytes.size());
    }

    static void write(Encoder encoder, SignedTransaction signed) {
        Bytes fields = signed.fields();
        encoder.fixed(fields, fields.size());
    }

    static SignedTransaction read(Decoder decoder) {
        int from = decoder.position();
        SignedTransaction signed =
                new SignedTransaction(Transaction.read(decoder), decoder.signature());
        signed.fields = decoder.readSince(from);
        return signed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedTransaction that
                && transaction.equals(that.transaction)
                && signature.equals(that.signature);
    }

    @Override
    public int hashCode() {
        return signature.hashCode();
    }

    @Override
    public String toString() {
        return transaction + " signed " + signature;
    }
}
