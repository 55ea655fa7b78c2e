package org.entente.runtime.http;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding (RFC 3986 §2.1), read strictly: full escapes of valid UTF-8, no control
/// characters.
final class Percent {
    private Percent() {}

    static Parsed<String> decode(String text) {
        byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            int value = character == '%' ? escaped(text, index) : character;
            if ((value <= ' ' && character != '%') || value < 0 || character > '~') {
                return Parsed.refused(Fault.MALFORMED, "a bad character or escape in the address");
            }
            index += character == '%' ? 2 : 0;
            bytes[size++] = (byte) value;
        }
        return utf8(ByteBuffer.wrap(bytes, 0, size));
    }

    private static int escaped(String text, int index) {
        if (index + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(index + 1), 16);
        int low = Character.digit(text.charAt(index + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static Parsed<String> utf8(ByteBuffer bytes) {
        try {
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return decoded.chars().anyMatch(Character::isISOControl)
                    ? Parsed.refused(Fault.MALFORMED, "a control character in the address")
                    : Parsed.of(decoded);
        } catch (CharacterCodingException e) {
            return Parsed.refused(Fault.MALFORMED, "an escape in the address is not UTF-8");
        }
    }
}
