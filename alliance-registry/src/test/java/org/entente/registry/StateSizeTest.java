package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.issue.Generation;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

/// A state has a digest however long its organisations and alliances live.
final class StateSizeTest {
    private static final int DUES = 20_000;
    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final List<Member> members = List.of(alpha, beta);
    private final World world = World.of(members);

    @Test
    void an_alliances_item_stays_small_however_many_changes_its_log_is_owed() {
        AllianceId id = world.found(new Contracts(members), members);
        RegisteredAlliance alliance = world.registry().alliance(id).orElseThrow();
        RegisteredAlliance grown =
                new RegisteredAlliance(
                        alliance.charter(),
                        Collections.nCopies(DUES, alliance.dues().getFirst()),
                        alliance.chain());
        assertThat(grown.item().content().size()).isEqualTo(alliance.item().content().size());
        assertThat(StateItem.digest(List.of(grown.item())))
                .isNotEqualTo(StateItem.digest(List.of(alliance.item())));
    }

    @Test
    void an_alliances_item_depends_on_every_due_and_on_their_order() {
        AllianceId id = world.found(new Contracts(members), members);
        RegisteredAlliance alliance = world.registry().alliance(id).orElseThrow();
        SignedChange one =
                alpha.rootSigned(new Change.FlowPaused(id, Contracts.FLOW, alpha.id(), 0));
        SignedChange other =
                beta.rootSigned(new Change.FlowPaused(id, Contracts.FLOW, beta.id(), 0));
        assertThat(alliance.with(one).with(other).item())
                .isNotEqualTo(alliance.with(other).with(one).item());
        assertThat(alliance.with(one).chain()).isNotEqualTo(alliance.chain());
        assertThat(
                        RegisteredAlliance.founded(alliance.charter(), alliance.dues().getFirst())
                                .chain())
                .isEqualTo(alliance.chain())
                .isNotEqualTo(Digest.ZERO);
    }

    @Test
    void an_organisation_rotates_as_often_as_its_items_have_room_for() {
        Organisation full = aged(Organisation.GENERATION_COUNT_MAX);
        assertThat(full.item().content().size()).isLessThan(1024 * 1024);
        AllianceId id = world.found(new Contracts(members), members);
        Charter charter = world.registry().alliance(id).orElseThrow().charter();
        Charter old =
                new Charter(
                        charter.terms(),
                        charter.standing(),
                        charter.acts(),
                        Sorted.with(
                                charter.authorities(),
                                alpha.id(),
                                Collections.nCopies(
                                        Organisation.GENERATION_COUNT_MAX,
                                        charter.authorities(alpha.id()))),
                        charter.brakes());
        Alliance alliance = world.alliance(id);
        assertThat(
                        new Alliance(
                                        old,
                                        alliance.epochs(),
                                        alliance.revocations(),
                                        alliance.openings(),
                                        alliance.changes(),
                                        alliance.last())
                                .digest())
                .isNotEqualTo(alliance.digest());
        assertThat(fault(rotate(Organisation.GENERATION_COUNT_MAX - 1)))
                .isNotEqualTo(Fault.QUOTA_SPENT);
        assertThat(fault(rotate(Organisation.GENERATION_COUNT_MAX))).isEqualTo(Fault.QUOTA_SPENT);
    }

    /// The next rotation of an organisation that has so many generations, without signatures.
    private Verdict rotate(int generations) {
        Generation next = alpha.generation(generations + 1);
        return world.registryWith(aged(generations))
                .check(SignedChange.of(alpha.rotation(next).change()), Member.NOW, World.VERIFIER);
    }

    private Organisation aged(int generations) {
        Organisation organisation = world.registry().organisations().get(alpha.id());
        if (organisation == null) {
            throw new AssertionError("alpha is not enrolled");
        }
        return new Organisation(
                organisation.id(),
                organisation.title(),
                Collections.nCopies(generations, organisation.newest()),
                organisation.since());
    }

    private static Fault fault(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Rejected rejected -> rejected.fault();
            case Verdict.Accepted _ -> throw new AssertionError("accepted");
        };
    }
}
