package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.launcher.app.demo.Making;
import org.entente.launcher.app.demo.Market;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

/// An alliance of processes whose chains are made by four nodes each: the orders by PBFT, the
/// customs by proof of rest.
@Tag("processes")
class SharedChainTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// Each by four nodes: one by PBFT, the other by proof of rest.
    private static final Map<Market, Making> CHAINS =
            Map.of(Market.ORDERS, Making.INDUSTRIAL, Market.CUSTOMS, Making.POR);

    @TempDir private Path folder;

    @Test
    void a_pact_waits_for_what_arrives_and_nothing_is_lost_while_nodes_are_killed_and_divided()
            throws Exception {
        try (Alliance alliance = Alliance.found(ROOT, folder, CHAINS)) {
            new PactScene(alliance).play();
            DividedChain.Report report = new DividedChain(alliance).run();
            System.out.println("a divided chain: " + report);
            assertThat(report.violations()).isEmpty();
            assertThat(report.reorganised()).isPositive();
        }
    }
}
