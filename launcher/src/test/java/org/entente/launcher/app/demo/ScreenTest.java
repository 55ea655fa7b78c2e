package org.entente.launcher.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a running demo says of itself.
final class ScreenTest {
    private static final int LINES_OF_A_TERMINAL = 24;

    @TempDir private Path folder;

    @Test
    void everything_fits_one_screen_and_names_every_node_and_what_is_used() throws IOException {
        Ground ground = ground();
        List<String> lines = new Screen(ground, Optional.of(new Memory(12, 3 << 20))).lines();
        assertThat(lines).hasSizeLessThanOrEqualTo(LINES_OF_A_TERMINAL);
        for (Market market : Market.values()) {
            assertThat(ground.addresses(market)).hasSize(4);
            for (URI node : ground.addresses(market)) {
                assertThat(lines).anyMatch(line -> line.endsWith(node.toString()));
            }
        }
        assertThat(lines)
                .anyMatch(line ->
                        line.endsWith(
                                "chain industrial device list --config "
                                        + ground.path("orders/node-1.conf")));
        assertThat(lines).anyMatch(line -> line.endsWith("3072 MiB in 12 processes"));
        String alliance = ground.alliance();
        assertThat(lines).anyMatch(line -> line.endsWith(alliance));
    }

    @Test
    void an_industrial_chain_has_its_inbox_in_the_store_and_lets_summaries_leave()
            throws IOException {
        Ground ground = ground();
        assertThat(ground.inbox(Market.ORDERS)).isEqualTo("data.orders");
        assertThat(ground.inbox(Market.CUSTOMS)).isEqualTo("inbox-customs");
        assertThat(ground.offered(Market.ORDERS)).containsExactly("orders/*", Press.OFFERED);
        assertThat(ground.offered(Market.CUSTOMS)).containsExactly("permits/*");
    }

    @Test
    void the_resident_set_is_read_and_missing_where_the_machine_says_none() throws IOException {
        assertThat(Memory.resident(List.of("Name:\tjava", "VmRSS:\t  123456 kB")))
                .contains(123_456L);
        assertThat(Memory.resident(List.of("Name:\tjava", "VmSize:\t  99 kB"))).isEmpty();
        assertThat(Memory.of(List.of(Long.MAX_VALUE))).isEmpty();
        assertThat(new Memory(2, 2_048)).hasToString("2 MiB in 2 processes");
    }

    private Ground ground() throws IOException {
        Ground ground =
                Ground.in(
                        folder,
                        3,
                        Map.of(Market.ORDERS, Making.INDUSTRIAL, Market.CUSTOMS, Making.POR));
        ground.founded("a1".repeat(32));
        return ground;
    }
}
