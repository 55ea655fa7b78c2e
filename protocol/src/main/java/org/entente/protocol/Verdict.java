package org.entente.protocol;

/// What a check answers: returned, never thrown.
public sealed interface Verdict {
    record Accepted() implements Verdict {}

    /// @param detail which value offended, in words for the person who sent it; never a secret
    record Rejected(Fault fault, String detail) implements Verdict {
        @Override
        public String toString() {
            return fault + ": " + detail;
        }
    }

    static Verdict accepted() {
        return new Accepted();
    }

    static Rejected rejected(Fault fault, Object detail) {
        return new Rejected(fault, detail.toString());
    }

    default boolean isAccepted() {
        return this instanceof Accepted;
    }
}
