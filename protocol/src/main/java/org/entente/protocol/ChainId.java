package org.entente.protocol;

import java.util.regex.Pattern;

/// A chain by its CAIP-2 name: `namespace:reference`, such as `eip155:1` or `solo:orders`.
public record ChainId(String text) implements Comparable<ChainId> {
    public static final int SIZE_MAX = 41;
    private static final Pattern CAIP_2 = Pattern.compile("[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}");

    public ChainId {
        if (!CAIP_2.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a chain is named namespace:reference (CAIP-2), such as eip155:1, not '"
                            + (text.length() > SIZE_MAX ? text.substring(0, SIZE_MAX) + "…" : text)
                            + "'");
        }
    }

    public String namespace() {
        return text.substring(0, text.indexOf(':'));
    }

    @Override
    public int compareTo(ChainId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
