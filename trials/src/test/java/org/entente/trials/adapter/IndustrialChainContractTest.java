package org.entente.trials.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.adapter.Chain;
import org.entente.adapter.Point;
import org.entente.adapter.Trail;
import org.entente.chain.app.LocalDesign;
import org.entente.chain.industrial.app.Design;
import org.entente.chain.industrial.app.Main;
import org.entente.chain.industrial.app.Sealing;
import org.entente.protocol.ChainId;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.util.List;

/// The adapter of our own chains against four nodes of an industrial chain.
@Tag("processes")
class IndustrialChainContractTest extends NetworkContract {
    /// So few that a test sees several of them.
    private static final int EPOCH_BLOCKS = 12;

    IndustrialChainContractTest() {
        super("icb");
    }

    @Override
    protected LocalDesign<?> design(ChainId chain, int count, List<VerifyingKey> accounts) {
        return new Design(
                chain,
                count,
                accounts,
                List.of(),
                Sealing.FULL,
                EPOCH_BLOCKS,
                _ -> "127.0.0.1",
                List.of("view.timeout = 2s", "block.idle = 10s", "resend = 300ms"),
                Main.class.getName(),
                _ -> List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    }

    @Test
    void an_adapter_follows_over_epochs_and_a_later_one_from_the_genesis() throws Exception {
        NetworkWorld world = (NetworkWorld) world();
        Point first = known(world.chain().head());
        world.awaitHeight(first.height() + 3L * EPOCH_BLOCKS);
        Point head = known(world.chain().head());
        assertThat(head.height()).isGreaterThanOrEqualTo(3L * EPOCH_BLOCKS);
        try (Chain later = world.following(List.of(first, head), Trail.NONE)) {
            assertThat(known(later.head()).height()).isGreaterThanOrEqualTo(head.height());
        }
        // Whoever starts again has its ends of epochs, also when their file is gone.
        world.kill();
        Files.delete(world.directory(0).resolve("trail.log"));
        world.restart();
        try (Chain later = world.following(List.of(first, head), Trail.NONE)) {
            assertThat(known(later.head()).height()).isGreaterThanOrEqualTo(head.height());
        }
    }
}
