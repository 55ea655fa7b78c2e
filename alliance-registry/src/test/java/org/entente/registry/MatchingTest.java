package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.ResourcePattern;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

final class MatchingTest {
    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final Member gamma = new Member("gamma.example");
    private final World world = World.of(List.of(alpha, beta, gamma));

    @Test
    void an_offer_meets_a_want_of_another_organisation_for_resources_within_it() {
        file(alpha, Requirement.Direction.OFFER, alpha.chain(), "orders/**", "read");
        file(beta, Requirement.Direction.WANT, alpha.chain(), "orders/*", "read");
        file(gamma, Requirement.Direction.WANT, alpha.chain(), "orders/*", "call");
        file(gamma, Requirement.Direction.WANT, alpha.chain(), "**", "read");
        file(alpha, Requirement.Direction.WANT, alpha.chain(), "orders/*", "read");
        List<Match> matches = Matching.matches(world.registry(), Member.NOW);
        assertThat(matches).hasSize(1);
        assertThat(matches.getFirst().wanting()).isEqualTo(beta.id());
        assertThat(matches.getFirst().destination()).isEqualTo(beta.chain());
    }

    @Test
    void withdrawn_and_expired_requirements_meet_nothing() {
        file(alpha, Requirement.Direction.OFFER, alpha.chain(), "orders/**", "read");
        Change want = file(beta, Requirement.Direction.WANT, alpha.chain(), "orders/*", "read");
        assertThat(Matching.matches(world.registry(), Member.NOW.plus(Duration.ofDays(31))))
                .isEmpty();
        world.accept(
                beta.agentSigned(new Change.RequirementWithdrawn(beta.agent(), want.digest())));
        assertThat(Matching.matches(world.registry(), Member.NOW)).isEmpty();
    }

    @Test
    void matches_join_organisations_and_give_a_contract_that_parses() {
        file(alpha, Requirement.Direction.OFFER, alpha.chain(), "orders/**", "read");
        file(beta, Requirement.Direction.WANT, alpha.chain(), "orders/*", "read");
        file(beta, Requirement.Direction.OFFER, beta.chain(), "stock/**", "read");
        file(gamma, Requirement.Direction.WANT, beta.chain(), "stock/7", "read");
        List<SuggestedAlliance> suggestions =
                Matching.suggestions(Matching.matches(world.registry(), Member.NOW));
        assertThat(suggestions).hasSize(1);
        assertThat(suggestions.getFirst().parties())
                .containsExactly(alpha.id(), beta.id(), gamma.id());
        String draft =
                ContractDraft.of(
                        suggestions.getFirst(), new Name("trade"), world.registry(), Member.NOW);
        AllianceContract contract = AllianceContract.parse(Bytes.utf8(draft)).orThrow();
        assertThat(contract.flows()).hasSize(2);
        assertThat(contract.agents()).hasSize(3);
    }

    private Change file(
            Member member,
            Requirement.Direction direction,
            ChainId chain,
            String resource,
            String operation) {
        Change change =
                new Change.RequirementFiled(
                        new Requirement(
                                member.agent(),
                                direction,
                                chain,
                                new ResourcePattern(resource),
                                new Name(operation),
                                "settlement",
                                100,
                                Member.NOW.plus(Duration.ofDays(30))));
        world.accept(member.agentSigned(change));
        return change;
    }
}
