package org.entente.trials.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void one_seed() {
        long seed = Long.getLong("seed", 1L);
        long begun = System.nanoTime();
        Simulation.Result result = Simulation.run(Plan.of(seed), System.out::println);
        System.out.println(result + " in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        assertThat(result.exchanges()).isPositive();
    }
}
