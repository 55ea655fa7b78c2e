package org.entente.adapter.own;

import org.entente.adapter.InboxCall;
import org.entente.adapter.Prepared;
import org.entente.certs.Signer;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.Place;

/// A transaction that brings something to an inbox contract: the only kind that an adapter makes
/// (docs/ledger.md §2).
///
/// @param nonce how many transactions of the account were included before
/// @param action the number of the action
public record InboxTransaction(
        ChainId chain, VerifyingKey account, long nonce, int action, String inbox, Bytes notice) {
    private static final int NOTICE_SIZE_BYTES_MAX = Delivery.FORMAT.sizeMax();
    private static final int SIZE_BYTES_MAX = NOTICE_SIZE_BYTES_MAX + 1024;
    static final Format<InboxTransaction> FORMAT =
            new Format<>(
                    ChainTag.TRANSACTION,
                    SIZE_BYTES_MAX,
                    InboxTransaction::write,
                    InboxTransaction::read);

    /// As it is posted.
    record Signed(InboxTransaction transaction, Signature signature) {
        static final Format<Signed> FORMAT =
                new Format<>(
                        ChainTag.SIGNED_TRANSACTION,
                        SIZE_BYTES_MAX + Signature.SIZE_BYTES,
                        Signed::write,
                        Signed::read);

        private static void write(Encoder encoder, Signed signed) {
            InboxTransaction.write(encoder, signed.transaction);
            encoder.signature(signed.signature);
        }

        private static Signed read(Decoder decoder) {
            return new Signed(InboxTransaction.read(decoder), decoder.signature());
        }
    }

    public static InboxTransaction of(
            ChainId chain, VerifyingKey account, long nonce, InboxCall call) {
        int action =
                switch (call) {
                    case InboxCall.Deliver _ -> 6;
                    case InboxCall.BeginEpoch _ -> 7;
                    case InboxCall.Cancel _ -> 8;
                };
        return new InboxTransaction(chain, account, nonce, action, call.inbox(), call.notice());
    }

    public Prepared signed(Signer by) {
        Digest id = FORMAT.digest(this);
        return new Prepared(id.bytes(), Signed.FORMAT.encode(new Signed(this, by.sign(id))));
    }

    private static void write(Encoder encoder, InboxTransaction transaction) {
        encoder.chain(transaction.chain)
                .key(transaction.account)
                .u64(transaction.nonce)
                .u8(transaction.action)
                .text(transaction.inbox)
                .bytes(transaction.notice);
    }

    private static InboxTransaction read(Decoder decoder) {
        return new InboxTransaction(
                decoder.chain(),
                decoder.key(),
                decoder.u64(),
                decoder.u8(),
                decoder.text(Place.INBOX_SIZE_BYTES_MAX),
                decoder.bytes(NOTICE_SIZE_BYTES_MAX));
    }
}
