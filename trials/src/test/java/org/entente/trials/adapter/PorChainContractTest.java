package org.entente.trials.por;

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

/// The adapter of our own chains against four nodes of PoR.
@Tag("processes")
class PorChainContractTest extends ChainContract {
    @TempDir private Path home;

    @Override
    protected ChainWorld begin(ChainWorld.Fate fate) throws Exception {
        return new PorWorld(home);
    }

    @Test
    void a_chain_that_went_another_way_from_its_first_block_on_is_reported_to_whoever_followed_it()
            throws Exception {
        PorWorld por = (PorWorld) world();
        por.put(Bytes.utf8("k"), Bytes.utf8("one"));
        Point followed = known(por.chain().head());
        por.replace();
        por.put(Bytes.utf8("k"), Bytes.utf8("two"));
        por.awaitHeight(followed.height() + 2);
        assertThat(por.chain().head()).isInstanceOf(Seen.FinalityBroken.class);
        try (Chain later = por.following(List.of(followed), Trail.NONE)) {
            Seen<Point> seen = later.head();
            assertThat(seen).isInstanceOf(Seen.FinalityBroken.class);
            var broken = (Seen.FinalityBroken<Point>) seen;
            assertThat(broken.followed()).isEqualTo(followed);
            assertThat(broken.found().height()).isEqualTo(followed.height());
        }
    }
}
