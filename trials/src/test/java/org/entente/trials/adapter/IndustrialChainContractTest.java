package org.entente.trials.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.adapter.Chain;
import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.adapter.Trail;
import org.entente.adapter.fixture.ChainContract;
import org.entente.adapter.fixture.ChainWorld;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/// The adapter of our own chains against four nodes of an industrial chain.
@Tag("processes")
class IndustrialChainContractTest extends ChainContract {
    @TempDir private Path home;

    @Override
    protected ChainWorld begin(ChainWorld.Fate fate) throws Exception {
        return new IndustrialWorld(home);
    }

    @Test
    void an_adapter_follows_over_epochs_and_a_later_one_from_the_genesis() throws Exception {
        IndustrialWorld world = (IndustrialWorld) world();
        Point first = known(world.chain().head());
        world.awaitHeight(first.height() + 3L * IndustrialWorld.EPOCH_BLOCKS);
        Point head = known(world.chain().head());
        assertThat(head.height()).isGreaterThanOrEqualTo(3L * IndustrialWorld.EPOCH_BLOCKS);
        try (Chain later = world.following(List.of(first, head), Trail.NONE)) {
            assertThat(known(later.head()).height()).isGreaterThanOrEqualTo(head.height());
        }
        // Whoever starts again has its ends of epochs, also when their file is gone.
        world.kill();
        world.loseTrail(0);
        world.restart();
        try (Chain later = world.following(List.of(first, head), Trail.NONE)) {
            assertThat(known(later.head()).height()).isGreaterThanOrEqualTo(head.height());
        }
    }

    @Test
    void a_chain_that_all_sealers_made_another_is_reported_to_whoever_followed_it()
            throws Exception {
        IndustrialWorld world = (IndustrialWorld) world();
        world.put(Bytes.utf8("k"), Bytes.utf8("one"));
        Point followed = known(world.chain().head());
        world.replace();
        world.put(Bytes.utf8("k"), Bytes.utf8("two"));
        world.awaitHeight(followed.height() + 2);
        assertThat(world.chain().head()).isInstanceOf(Seen.FinalityBroken.class);
        try (Chain later = world.following(List.of(followed), Trail.NONE)) {
            Seen<Point> seen = later.head();
            assertThat(seen).isInstanceOf(Seen.FinalityBroken.class);
            var broken = (Seen.FinalityBroken<Point>) seen;
            assertThat(broken.followed()).isEqualTo(followed);
            assertThat(broken.found().height()).isEqualTo(followed.height());
        }
    }
}
