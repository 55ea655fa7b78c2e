package org.entente.chain;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.encoding.Coded;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

/// What became of an included transaction.
///
/// @param fault the number of what made it fail, else 0
/// @param result what a call answered: of a delivery and a cancellation the settlement's bytes
public record Receipt(Digest transaction, Status status, int fault, Bytes result) {
    private static final int RESULT_SIZE_BYTES_MAX = 1024;
    public static final Format<Receipt> FORMAT =
            new Format<>(ChainPurpose.RECEIPT, 2048, Receipt::write, Receipt::read);

    /// How it ended.
    public enum Status implements Coded {
        DONE(1),
        /// It took its nonce and changed nothing else.
        FAILED(2);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    public Receipt {
        if ((status == Status.FAILED) != (fault != 0)) {
            throw new IllegalArgumentException(
                    "what failed, and it alone, has a fault: " + status + " with " + fault);
        }
    }

    static void write(Encoder encoder, Receipt receipt) {
        encoder.digest(receipt.transaction)
                .coded(receipt.status)
                .u16(receipt.fault)
                .bytes(receipt.result);
    }

    static Receipt read(Decoder decoder) {
        return new Receipt(
                decoder.digest(),
                decoder.coded(Status.class),
                decoder.u16(),
                decoder.bytes(RESULT_SIZE_BYTES_MAX));
    }
}
