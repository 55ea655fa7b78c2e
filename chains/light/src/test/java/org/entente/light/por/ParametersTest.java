package org.entente.light.por;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.light.fixture.Party;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What a chain may begin with and change to.
final class ParametersTest {
    @ParameterizedTest
    @CsvSource({"5,30000,0", "5,31000,21000", "5,160001,20000", "0,80000,20000", "5,20000,30000"})
    void parameters_that_end_a_chain_are_refused(int nodes, int max, int min) {
        assertThat(parameters(max, min, Parameters.Nearest.MAX).check(nodes).isAccepted())
                .isFalse();
    }

    @Test
    void whatever_is_legal_has_a_step() {
        for (int nodes = 1; nodes <= Rules.MEMBER_COUNT_MAX; nodes++) {
            Parameters least = parameters(20_002, 10_001, Parameters.Nearest.MAX);
            assertThat(least.check(nodes).isAccepted()).as("%d nodes", nodes).isTrue();
            assertThat(least.step(nodes)).as("%d nodes", nodes).isPositive();
        }
    }

    /// The paper says Min ≤ T_2n, which its printed formula does not keep, its prose does.
    @Test
    void the_last_exponent_is_not_below_min_unless_the_printed_formula_takes_one_step_off() {
        for (int nodes = 1; nodes <= Rules.MEMBER_COUNT_MAX; nodes++) {
            Parameters prose = parameters(80_000, 20_000, Parameters.Nearest.MAX);
            Parameters printed = parameters(80_000, 20_000, Parameters.Nearest.ONE_STEP_BELOW_MAX);
            BigInteger parts = Parameters.parts(nodes);
            BigInteger min = parts.multiply(BigInteger.TWO);
            assertThat(prose.exponent(nodes, 1)).isEqualTo(parts.multiply(BigInteger.valueOf(8)));
            assertThat(prose.exponent(nodes, 2 * nodes)).isGreaterThanOrEqualTo(min);
            assertThat(printed.exponent(nodes, 2 * nodes))
                    .isEqualTo(prose.exponent(nodes, 2 * nodes).subtract(step(prose, nodes)));
        }
    }

    private static BigInteger step(Parameters parameters, int nodes) {
        return parameters.exponent(nodes, 1).subtract(parameters.exponent(nodes, 2));
    }

    private static Parameters parameters(int max, int min, Parameters.Nearest nearest) {
        return new Parameters(max, min, nearest);
    }

    @Test
    void a_chain_cannot_be_left_with_more_members_than_it_has_or_none() {
        assertThatThrownBy(() -> Party.settings(4, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Party.settings(4, 0)).isInstanceOf(IllegalArgumentException.class);
        Settings fine = Party.settings(4, 3);
        assertThatThrownBy(() ->
                        new Settings(
                                fine.rules(),
                                fine.history(),
                                fine.slack(),
                                3,
                                1 << 20,
                                256,
                                Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Settings.FORMAT.decode(Settings.FORMAT.encode(fine))).isEqualTo(Parsed.of(fine));
    }

    @Test
    void nobody_is_a_member_twice_by_account_name_or_key() {
        Member one = Party.member(0);
        Member other = Party.member(1);
        List<Member> doubles =
                List.of(
                        new Member(one.account(), other.name(), other.key(), "a", 1, 0),
                        new Member(other.account(), one.name(), other.key(), "a", 1, 0),
                        new Member(other.account(), other.name(), one.key(), "a", 1, 0));
        for (Member each : doubles) {
            assertThatThrownBy(() -> new Rules(0, List.of(one, each), Party.easy()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new Rules(0, List.of(one, other), Party.easy()).count()).isEqualTo(2);
    }

    @Test
    void before_block_1_everybody_was_in_turn_twice_and_the_first_is_next() {
        Settings settings = Party.settings(4, 3);
        List<VerifyingKey> before = settings.before();
        assertThat(before).hasSize(8);
        Window window = new Window(before);
        Rules rules = settings.rules();
        List<BigInteger> targets = new ArrayList<>();
        for (Member member : rules.members()) {
            targets.add(
                    rules.difficulty().target(window.distances(member.account(), rules.count())));
        }
        assertThat(targets.getFirst()).isEqualTo(Collections.max(targets));
        assertThat(targets).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void a_window_forgets_what_no_number_of_members_looks_back_to() {
        VerifyingKey one = Party.account(0).key();
        VerifyingKey other = Party.account(1).key();
        Window window = new Window(List.of(one));
        for (int count = 0; count < Window.COUNT_MAX; count++) {
            window = window.with(other);
        }
        assertThat(window.newestFirst()).hasSize(Window.COUNT_MAX).doesNotContain(one);
        assertThat(window.with(one).distances(one, 3)).containsExactly(1);
        assertThat(window.distances(other, 3)).containsExactly(1, 2, 3, 4, 5, 6);
    }
}
