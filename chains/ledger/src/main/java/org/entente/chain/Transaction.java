package org.entente.chain;

import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What an account wants of a chain. Its digest is its id and what the account signs, so signing it
/// twice does not make two of it.
///
/// @param chain the one chain where it means anything
/// @param nonce how many transactions of this account were included before
public record Transaction(ChainId chain, VerifyingKey account, long nonce, Action action) {
    static final int SIZE_BYTES_MAX = Action.CALL_SIZE_BYTES_MAX + 1024;
    public static final Format<Transaction> FORMAT =
            new Format<>(
                    ChainPurpose.TRANSACTION,
                    SIZE_BYTES_MAX,
                    Transaction::write,
                    Transaction::read);

    public Digest id() {
        return FORMAT.digest(this);
    }

    static void write(Encoder encoder, Transaction transaction) {
        encoder.chain(transaction.chain).key(transaction.account).u64(transaction.nonce);
        Action.write(encoder, transaction.action);
    }

    static Transaction read(Decoder decoder) {
        return new Transaction(decoder.chain(), decoder.key(), decoder.u64(), Action.read(decoder));
    }
}
