package org.entente.trials.industrial;

import org.entente.trials.simulation.Violation;

import java.util.List;
import java.util.Optional;

/// A seed did not hold: says which, and what happened last.
final class SeedFailed extends AssertionError {
    private static final long serialVersionUID = 1L;

    SeedFailed(Plan plan, List<String> newest, Throwable why) {
        super(
                String.join(
                        System.lineSeparator(),
                        String.join(System.lineSeparator(), newest),
                        plan.toString(),
                        why.toString(),
                        "again: mvn verify -Pnight -Dtrial=industrial -Dseeds="
                                + plan.seed()
                                + "-"
                                + plan.seed()),
                why);
    }

    /// The invariant that did not hold; empty when something else went wrong.
    Optional<String> invariant() {
        return getCause() instanceof Violation violation
                ? Optional.of(violation.invariant())
                : Optional.empty();
    }
}
