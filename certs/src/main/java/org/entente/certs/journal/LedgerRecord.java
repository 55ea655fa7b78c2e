package org.entente.certs.journal;

import org.entente.certs.issue.LedgerFormat;
import org.entente.protocol.Bytes;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// One record of the file: length, CRC32C of the length, CRC32C of the content, content. The length
/// has its own check, so that a flipped bit in it is not taken for a torn end.
final class LedgerRecord {
    static final int HEAD_SIZE_BYTES = 12;

    private LedgerRecord() {}

    /// What lies at a place of the file.
    sealed interface Found {
        record Whole(Bytes content, int size) implements Found {}

        /// The process or the machine stopped while this was written; nobody was answered.
        record Torn() implements Found {}

        record Damaged(String how) implements Found {}
    }

    static ByteBuffer of(Bytes content) {
        ByteBuffer record = ByteBuffer.allocate(HEAD_SIZE_BYTES + content.size());
        record.putInt(content.size());
        record.putInt(crc(lengthBytes(content.size())));
        record.putInt(crc(content.asBuffer()));
        record.put(content.asBuffer());
        return record.flip();
    }

    static Found read(ByteBuffer rest) {
        if (rest.remaining() < HEAD_SIZE_BYTES) {
            return new Found.Torn();
        }
        if (isZero(rest)) {
            // The file had grown and its bytes had not arrived.
            return new Found.Torn();
        }
        int length = rest.getInt();
        int lengthCheck = rest.getInt();
        int contentCheck = rest.getInt();
        if (lengthCheck != crc(lengthBytes(length))
                || length < 1
                || length > LedgerFormat.SIZE_BYTES_MAX) {
            return new Found.Damaged("the length " + length + " fails its check");
        }
        if (rest.remaining() < length) {
            return new Found.Torn();
        }
        byte[] content = new byte[length];
        rest.get(content);
        return contentCheck == crc(ByteBuffer.wrap(content))
                ? new Found.Whole(Bytes.copyOf(content), HEAD_SIZE_BYTES + length)
                : new Found.Damaged("the content fails its check");
    }

    private static boolean isZero(ByteBuffer rest) {
        ByteBuffer look = rest.duplicate();
        while (look.hasRemaining()) {
            if (look.get() != 0) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer lengthBytes(int length) {
        return ByteBuffer.allocate(4).putInt(length).flip();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
