package org.entente.trials.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What must always hold holds in simulated worlds, and each invariant notices when it does not.
class SimulationTest {
    private static final int SEED_COUNT = 50;
    private static final int EXCHANGE_COUNT_MIN = 1_900;

    @Test
    void what_must_always_hold_holds_for_every_seed() {
        Slice slice = Slice.run(1, SEED_COUNT, System.out::println);
        assertThat(slice.exchanges()).isGreaterThan(EXCHANGE_COUNT_MIN);
        assertThat(slice.applied()).isPositive();
    }

    /// Seeds that found something once.
    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 10, 24, 32})
    void a_seed_that_found_a_defect_finds_none_any_more(long seed) {
        Simulation.run(Plan.of(seed));
    }

    @Test
    void the_same_seed_does_the_same() {
        assertThat(Simulation.run(Plan.of(9))).isEqualTo(Simulation.run(Plan.of(9)));
        assertThat(Simulation.run(Plan.of(9))).isNotEqualTo(Simulation.run(Plan.of(8)));
    }

    @ParameterizedTest
    @CsvSource({
        "INBOX_BELIEVES, OnlyWhatIsSealedIsApplied",
        "INBOX_APPLIES_TWICE, AppliedAtMostOnce",
        "JOURNAL_FORGETS, OneWordPerQuestion",
        "DISK_LIES, AnswersFollowTheLog",
        "LOG_TAKES_STALE, NoVersionIsConsumedTwice",
        "ANSWERS_INVENTED, AnswersFollowTheLog",
        "NOTHING_IS_BROUGHT, EverythingIsSettled",
        "NOBODY_PROPOSES, AMinorityDelaysOnlyItsOwn",
        "STRUCK_KEYS_COUNT, StruckKeysCountForNothing"
    })
    void an_invariant_names_the_defect_that_was_planted_for_it(Defect defect, String invariant) {
        assertThatThrownBy(() -> planted(defect))
                .isInstanceOfSatisfying(
                        SeedFailed.class,
                        failed -> assertThat(failed.invariant()).contains(invariant));
    }

    /// A defect shows in some seed of a few.
    private static void planted(Defect defect) {
        for (long seed = 1; seed <= 12; seed++) {
            Simulation.run(Plan.of(seed, defect));
        }
    }
}
