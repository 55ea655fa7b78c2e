package org.entente.client;

import java.util.Locale;

/// How long to wait for an exchange.
public enum Until {
    /// A majority sealed its entry: what was decided can no longer change.
    SEALED,
    /// The destination's inbox contract ended it, and that is sealed.
    SETTLED;

    ExchangeStatus.State state() {
        return switch (this) {
            case SEALED -> ExchangeStatus.State.SEALED;
            case SETTLED -> ExchangeStatus.State.SETTLED;
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Until read(String word) {
        for (Until each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("sealed or settled, not " + word);
    }
}
