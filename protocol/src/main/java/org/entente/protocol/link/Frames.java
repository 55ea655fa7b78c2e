package org.entente.protocol.link;

import org.entente.protocol.Bytes;

/// How large what travels over a link may be.
public final class Frames {
    /// What is larger goes by its digest, among the payloads.
    public static final int FRAME_SIZE_BYTES_MAX = 64 * 1024;

    public static final int MESSAGE_SIZE_BYTES_MAX = 640 * 1024;
    public static final int DETAIL_SIZE_BYTES_MAX = 1024;

    private Frames() {}

    public static boolean fits(Bytes message) {
        return message.size() <= FRAME_SIZE_BYTES_MAX;
    }

    /// A detail that is cut to what a message carries.
    public static String detail(String words) {
        StringBuilder kept = new StringBuilder();
        int size = 0;
        for (int point : words.codePoints().toArray()) {
            String character = Character.toString(point);
            size += Bytes.utf8(character).size();
            if (size > DETAIL_SIZE_BYTES_MAX) {
                break;
            }
            kept.append(character);
        }
        return kept.toString();
    }

    static void requireDetail(String detail) {
        if (Bytes.utf8(detail).size() > DETAIL_SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a detail has at most " + DETAIL_SIZE_BYTES_MAX + " bytes");
        }
    }
}
