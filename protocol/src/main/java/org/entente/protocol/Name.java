package org.entente.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/// A short name that members choose: of a node, a role, a contract, a flow.
public record Name(String text) implements Comparable<Name> {
    public static final int SIZE_MAX = 64;
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

    public Name {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a name has 1 to 64 of the characters a-z 0-9 . _ - and begins and ends with a"
                            + " letter or digit, not '"
                            + (text.length() > SIZE_MAX ? text.substring(0, SIZE_MAX) + "…" : text)
                            + "'");
        }
    }

    /// Where a text is none, nothing.
    public static Optional<Name> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Name(text)) : Optional.empty();
    }

    @Override
    public int compareTo(Name other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
