package org.entente.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.registry.Terms;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.junit.jupiter.api.Test;

import java.util.List;

final class ExposuresTest {
    private final List<Member> members =
            List.of(new Member("alpha.example"), new Member("beta.example"));

    @Test
    void one_record_is_searched_once() {
        World world = World.of(members);
        Terms terms =
                world.alliance(world.found(new Contracts(members), members)).charter().terms();
        Exposures exposures = new Exposures();

        assertThat(exposures.of(terms)).containsOnlyKeys(Contracts.FLOW);
        assertThat(exposures.of(terms)).isSameAs(exposures.of(terms));
        assertThat(exposures.size()).isEqualTo(1);
    }
}
