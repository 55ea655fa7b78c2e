package org.entente.trials.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// The figures of `docs/chains/por-figures.md`. Drawing all of them anew takes minutes, and
/// `-Dfigures=write`; otherwise one short chain is looked at.
class FiguresTest {
    private static final Path FOLDER = Path.of("..", "docs", "chains", "por-figures");

    @Test
    void a_calm_chain_makes_blocks_in_turn_at_the_pace_it_was_made_for() throws IOException {
        if ("write".equals(System.getProperty("figures"))) {
            Figures.drawn().write(FOLDER);
        }
        Figures.Setting setting = Figures.SETTINGS.get(1);
        Simulation.Result result =
                Simulation.run(
                        Plan.calm(
                                1,
                                setting.nodes(),
                                setting.parameters(),
                                setting.mega(),
                                Duration.ofMinutes(2)));
        assertThat(result.height()).isBetween(40, 360);
        int row = 0;
        int last = -1;
        for (Truth.Made each : result.chain()) {
            row = each.node() == last ? row + 1 : 1;
            last = each.node();
            assertThat(row).isLessThanOrEqualTo(3);
        }
    }

    /// Of four and five members, of twenty in the figures; what a chain of a minute strays by is
    /// allowed for.
    @Test
    void a_node_of_a_million_times_the_hash_rate_makes_little_more_than_its_share() {
        double[] most = {0.42, 0.34};
        for (int index = 0; index < most.length; index++) {
            Figures.Sum strong = Figures.strong(Figures.SETTINGS.get(index), Plan::keeping, 1);
            assertThat(strong.share(0))
                    .as("%s", Figures.SETTINGS.get(index))
                    .isLessThan(most[index]);
            assertThat(strong.longest()).isLessThanOrEqualTo(3);
        }
    }
}
