package org.entente.relay.http;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

/// Whole numbers in addresses.
final class Numbers {
    private Numbers() {}

    static Parsed<Long> parse(String name, String text) {
        return text.matches("[0-9]{1,18}")
                ? Parsed.of(Long.parseLong(text))
                : Parsed.refused(Fault.INVALID_VALUE, name + " is no whole number: " + text);
    }
}
