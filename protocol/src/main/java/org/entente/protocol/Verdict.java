package org.entente.protocol;

import java.util.function.Supplier;

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

    /// The next check's answer, which is asked for only when this one accepted.
    default Verdict and(Supplier<? extends Verdict> next) {
        return isAccepted() ? next.get() : this;
    }
}
