package org.entente.chain.industrial.data;

import org.entente.protocol.Bytes;

/// What short texts of a record may be.
final class Texts {
    private Texts() {}

    static void require(String what, String text, int sizeMax) {
        int size = Bytes.utf8(text).size();
        if (size > sizeMax) {
            throw new IllegalArgumentException(
                    what + " has at most " + sizeMax + " bytes, not " + size);
        }
    }
}
