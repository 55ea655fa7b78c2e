package org.entente.trials.simulation;

import java.util.List;
import java.util.Optional;

/// A seed did not hold: says which, what happened last, and how to see it again.
final class SeedFailed extends AssertionError {
    private static final long serialVersionUID = 1L;

    SeedFailed(Plan plan, List<String> newest, Throwable why) {
        super(
                why
                        + System.lineSeparator()
                        + plan
                        + System.lineSeparator()
                        + String.join(System.lineSeparator(), newest)
                        + System.lineSeparator()
                        + why
                        + System.lineSeparator()
                        + "again: mvn -pl trials -am verify -Pnight -Dtrial=simulation -Dseed="
                        + plan.seed(),
                why);
    }

    /// The invariant that did not hold; empty when something else went wrong.
    Optional<String> invariant() {
        return getCause() instanceof Violation violation
                ? Optional.of(violation.invariant())
                : Optional.empty();
    }
}
