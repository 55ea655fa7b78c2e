package org.entente.chain.industrial.contract;

import org.entente.protocol.Bytes;

/// What short texts of a record may be.
public final class Texts {
    private Texts() {}

    public static void require(String what, String text, int sizeMax) {
        int size = Bytes.utf8(text).size();
        if (size > sizeMax) {
            throw new IllegalArgumentException(
                    what + " has at most " + sizeMax + " bytes, not " + size);
        }
    }

    public static void requireSome(String what, String text, int sizeMax) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        require(what, text, sizeMax);
    }
}
