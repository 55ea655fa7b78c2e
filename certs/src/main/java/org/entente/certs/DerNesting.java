package org.entente.certs;

/// Whether parts stand in each other as DER has it (X.690 §8.1, §10.1): each length definite, in
/// its shortest form and filled exactly. What the parts say is for those who read them.
final class DerNesting {
    /// A certificate has nine levels.
    static final int DEPTH_MAX = 32;

    private static final int SEQUENCE = 0x30;
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;
    private static final int LONG_LENGTH = 0x80;
    private static final int LENGTH_SIZE_BYTES_MAX = 3;

    private DerNesting() {}

    /// One sequence that takes all the bytes.
    static boolean isSequence(byte[] der) {
        return der.length > 0 && der[0] == SEQUENCE && end(der, 0, der.length, 0) == der.length;
    }

    /// Where the part that begins at `start` ends, or -1 when it is none.
    private static int end(byte[] der, int start, int limit, int depth) {
        if (limit - start < 2 || (der[start] & LONG_TAG) == LONG_TAG) {
            // No profile has a tag of more than one byte.
            return -1;
        }
        int content = start + 2;
        int size = der[start + 1] & 0xff;
        if (size >= LONG_LENGTH) {
            int count = size - LONG_LENGTH;
            if (count > LENGTH_SIZE_BYTES_MAX || limit - content < count) {
                return -1;
            }
            size = 0;
            for (int index = 0; index < count; index++) {
                size = (size << 8) | (der[content + index] & 0xff);
            }
            content += count;
            if (size < LONG_LENGTH || size >> (8 * (count - 1)) == 0) {
                // Indefinite, or not the shortest form.
                return -1;
            }
        }
        if (size > limit - content) {
            return -1;
        }
        boolean holdsParts = (der[start] & CONSTRUCTED) != 0;
        return !holdsParts || areParts(der, content, content + size, depth + 1)
                ? content + size
                : -1;
    }

    private static boolean areParts(byte[] der, int start, int limit, int depth) {
        int at = start;
        while (at >= 0 && at < limit && depth <= DEPTH_MAX) {
            at = end(der, at, limit, depth);
        }
        return at == limit;
    }
}
