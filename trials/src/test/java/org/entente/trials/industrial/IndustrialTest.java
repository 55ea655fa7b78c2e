package org.entente.trials.industrial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What must always hold of an industrial chain holds in simulated worlds, and each invariant
/// notices when it does not.
class IndustrialTest {
    private static final int SEED_COUNT = 50;
    private static final int PLANTED_SEED_COUNT = 40;

    @Test
    void what_must_always_hold_holds_for_every_seed() {
        Slice slice = Slice.run(1, SEED_COUNT, System.out::println);
        assertThat(slice.blocks()).isGreaterThan(1_000);
        assertThat(slice.views()).isPositive();
        assertThat(slice.banned()).isPositive();
    }

    @Test
    void the_same_seed_does_the_same() {
        assertThat(Simulation.run(Plan.of(3))).isEqualTo(Simulation.run(Plan.of(3)));
        assertThat(Simulation.run(Plan.of(3)).hash())
                .isNotEqualTo(Simulation.run(Plan.of(4)).hash());
    }

    @ParameterizedTest
    @CsvSource({
        "DISK_FORGETS, OneWordPerTurn, 1",
        "PREPARED_IS_FORGOTTEN, PreparedSurvives, 27",
        "ANYTHING_IS_SIGNED, NobodyHonestIsBanned, 10",
        "ONE_NODE_ERRS, NothingAlarms, 4",
        "NOBODY_GIVES_UP, EverythingGoesOn, 2",
        "NO_LIMIT, ReputationIsBounded, 1",
        "OTHER_RATES, ReputationFollows, 1",
        "SEATS_STAY_EMPTY, SeatsAreTaken, 1",
        "TOO_MANY_LIE, OneBlockAtAHeight, 1",
        "FAILED_TAKES_EFFECT, FailedChangesNothing, 1",
        "ONE_COMES_TWICE, EachComesOnce, 1",
        "OLD_SEALERS_ARE_SHOWN, ReadersFollow, 1"
    })
    void an_invariant_names_the_defect_that_was_planted_for_it(
            Defect defect, String invariant, long seed) {
        assertThatThrownBy(() -> planted(defect, seed))
                .isInstanceOfSatisfying(
                        SeedFailed.class,
                        failed ->
                                assertThat(failed.invariant().orElse("none"))
                                        .startsWith(invariant));
    }

    /// A defect does not show in every seed.
    private static void planted(Defect defect, long from) {
        for (long seed = from; seed < from + PLANTED_SEED_COUNT; seed++) {
            Simulation.run(Plan.of(seed, defect));
        }
    }
}
