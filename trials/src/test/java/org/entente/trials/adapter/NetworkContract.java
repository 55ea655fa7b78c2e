package org.entente.trials.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.adapter.Chain;
import org.entente.adapter.Point;
import org.entente.adapter.Seen;
import org.entente.adapter.Trail;
import org.entente.adapter.fixture.ChainContract;
import org.entente.adapter.fixture.ChainWorld;
import org.entente.chain.app.LocalDesign;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/// What every adapter keeps, against a chain of several members.
abstract class NetworkContract extends ChainContract {
    private final String namespace;
    @TempDir private Path home;

    /// @param namespace of the chain's name
    NetworkContract(String namespace) {
        this.namespace = namespace;
    }

    /// @param accounts that the genesis admits
    protected abstract LocalDesign<?> design(ChainId chain, int count, List<VerifyingKey> accounts);

    @Override
    protected ChainWorld begin(ChainWorld.Fate fate) throws Exception {
        Story story = Story.on(namespace);
        return new NetworkWorld(
                home,
                story,
                design(story.destination(), NetworkWorld.COUNT, NetworkWorld.accounts()));
    }

    @Test
    void a_chain_that_all_members_made_another_is_reported_to_whoever_followed_it()
            throws Exception {
        NetworkWorld world = (NetworkWorld) world();
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
