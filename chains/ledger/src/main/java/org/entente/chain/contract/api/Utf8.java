package org.entente.chain.contract.api;

import java.nio.charset.StandardCharsets;

/// Text as bytes and back.
public final class Utf8 {
    private Utf8() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What is not UTF-8 becomes U+FFFD.
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
