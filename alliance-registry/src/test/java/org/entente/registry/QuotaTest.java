package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.registry.contract.ResourcePattern;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// What one organisation may have at a time, and that others are not kept waiting by it.
final class QuotaTest {
    private final Member alpha = new Member("alpha.example");
    private final Member beta = new Member("beta.example");
    private final List<Member> members = List.of(alpha, beta);
    private final World world = World.of(members);
    private final AllianceId alliance = world.found(new Contracts(members), members);

    @ParameterizedTest
    @EnumSource
    void one_organisation_has_as_many_as_its_quota_and_another_is_not_hindered(Quota quota) {
        SignedChange more = added(quota, alpha);
        assertThat(check(holding(quota, quota.max() - 1), more).isAccepted()).isTrue();
        Registry full = holding(quota, quota.max());
        assertThat(check(full, more))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        why -> assertThat(why.fault()).isEqualTo(Fault.QUOTA_SPENT));
        assertThat(check(full, added(quota, beta)).isAccepted()).isTrue();
    }

    @Test
    void a_proposal_that_nobody_decides_lapses_and_its_place_is_free() {
        Registry full = holding(Quota.PROPOSALS, Quota.PROPOSALS.max());
        assertThat(
                        full.check(
                                        proposed(alpha),
                                        Member.NOW.plus(OpenProposal.OPEN_MAX),
                                        World.VERIFIER)
                                .isAccepted())
                .isTrue();
        assertThat(
                        full.check(
                                        proposed(alpha),
                                        Member.NOW.plus(OpenProposal.OPEN_MAX).minusMillis(1),
                                        World.VERIFIER)
                                .isAccepted())
                .isFalse();
    }

    @Test
    void a_proposal_that_lapsed_takes_no_approval_and_the_next_entry_closes_it() {
        SignedChange suspend = proposed(alpha);
        world.accept(suspend);
        Digest subject = act().subject();
        world.vote(act(), alpha.byAgent(subject));
        world.at(Member.NOW.plus(OpenProposal.OPEN_MAX));
        assertThat(
                        world.check(
                                SignedChange.of(
                                        new Change.Approved(subject, beta.byAgent(subject)))))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        why -> assertThat(why.fault()).isEqualTo(Fault.OUTDATED));
        world.accept(added(Quota.CHAINS, beta));
        assertThat(world.registry().proposals()).isEmpty();
    }

    @Test
    void what_was_withdrawn_answered_or_ended_leaves_the_quota() {
        Registry full = holding(Quota.REQUIREMENTS, Quota.REQUIREMENTS.max());
        assertThat(
                        full.check(
                                        filed(alpha, Duration.ofDays(90)),
                                        Member.NOW.plus(Duration.ofDays(31)),
                                        World.VERIFIER)
                                .isAccepted())
                .isTrue();
        Registry withdrawn =
                with(
                        full,
                        full.proposals(),
                        many(
                                Quota.REQUIREMENTS.max(),
                                number -> requirement(number, Optional.of(1L))),
                        full.demands());
        assertThat(check(withdrawn, added(Quota.REQUIREMENTS, alpha)).isAccepted()).isTrue();
        Registry answered =
                with(
                        full,
                        full.proposals(),
                        full.requirements(),
                        many(Quota.DEMANDS.max(), number -> demand(number, Optional.of(1L))));
        assertThat(check(answered, added(Quota.DEMANDS, alpha)).isAccepted()).isTrue();
    }

    private static Verdict check(Registry registry, SignedChange change) {
        return registry.check(change, Member.NOW, World.VERIFIER);
    }

    private SignedChange added(Quota quota, Member member) {
        return switch (quota) {
            case CHAINS -> member.rootSigned(chain(member, "more"));
            case NODES -> node(member);
            case REQUIREMENTS -> filed(member, Duration.ofDays(30));
            case PROPOSALS -> proposed(member);
            case DEMANDS -> member.agentSigned(demanded(member, Digest.ZERO));
        };
    }

    private static SignedChange node(Member member) {
        Change change =
                new Change.NodeAdded(
                        member.identity("more", member.agentKey(), Member.NOW).der(),
                        member.chains(),
                        member.roles());
        return SignedChange.of(
                change,
                Approval.by(
                        new Approver.Node(new NodeId(member.id(), new Name("more"))),
                        member.agentKey(),
                        change.digest()));
    }

    private SignedChange filed(Member member, Duration valid) {
        return member.agentSigned(
                new Change.RequirementFiled(
                        new Requirement(
                                member.agent(),
                                Requirement.Direction.WANT,
                                alpha.chain(),
                                new ResourcePattern("orders/*"),
                                new Name("read"),
                                "one more",
                                1,
                                Member.NOW.plus(valid))));
    }

    private SignedChange proposed(Member member) {
        return member.agentSigned(act());
    }

    private Change.ActProposed act() {
        return new Change.ActProposed(alliance, alliance.digest(), 0, Act.SUSPEND);
    }

    private Change.OpeningDemanded demanded(Member member, Digest certificate) {
        return new Change.OpeningDemanded(member.agent(), beta.id(), certificate, "an audit");
    }

    private static Change.ChainAdded chain(Member member, String reference) {
        Change.ChainAdded chain = member.chainChange();
        return new Change.ChainAdded(
                new ChainId("solo:" + reference + member.id().domain().charAt(0)),
                member.id(),
                chain.title(),
                chain.kind(),
                chain.genesis(),
                chain.inbox());
    }

    /// The registry in which alpha has so many of one kind.
    private Registry holding(Quota quota, int count) {
        Registry now = world.registry();
        return switch (quota) {
            case PROPOSALS ->
                    with(now, many(count, this::proposal), now.requirements(), now.demands());
            case REQUIREMENTS ->
                    with(
                            now,
                            now.proposals(),
                            many(count, number -> requirement(number, Optional.empty())),
                            now.demands());
            case DEMANDS ->
                    with(
                            now,
                            now.proposals(),
                            now.requirements(),
                            many(count, number -> demand(number, Optional.empty())));
            case CHAINS -> chains(now, count);
            case NODES -> nodes(now, count);
        };
    }

    private OpenProposal proposal(int number) {
        return new OpenProposal(
                new Change.ActProposed(alliance, Digest.ZERO, number, Act.SUSPEND),
                alliance,
                alpha.id(),
                Amending.founding(
                        world.registry().alliance(alliance).orElseThrow().charter().terms()),
                new TreeMap<>(),
                number,
                Member.NOW);
    }

    private FiledRequirement requirement(int number, Optional<Long> withdrawn) {
        Change.RequirementFiled filed =
                (Change.RequirementFiled) filed(alpha, Duration.ofDays(30)).change();
        return new FiledRequirement(digest(number), filed.requirement(), number, withdrawn);
    }

    private Demand demand(int number, Optional<Long> opened) {
        return new Demand(digest(number), demanded(alpha, digest(number)), number, opened);
    }

    private Registry chains(Registry now, int count) {
        TreeMap<ChainId, RegisteredChain> chains = new TreeMap<>(now.chains());
        for (int number = 1; number < count; number++) {
            Change.ChainAdded chain = chain(alpha, "c" + number);
            chains.put(chain.chain(), new RegisteredChain(chain, number));
        }
        return new Registry(
                now.organisations(),
                chains,
                now.nodes(),
                now.requirements(),
                now.proposals(),
                now.alliances(),
                now.revocations(),
                now.revocationChanges(),
                now.demands(),
                now.size());
    }

    private Registry nodes(Registry now, int count) {
        TreeMap<NodeId, RegisteredNode> nodes = new TreeMap<>(now.nodes());
        for (int number = 1; number < count; number++) {
            NodeId id = new NodeId(alpha.id(), new Name("n" + number));
            nodes.put(
                    id,
                    new RegisteredNode(
                            id,
                            alpha.agentCertificate(),
                            alpha.chains(),
                            alpha.roles(),
                            0,
                            number));
        }
        return new Registry(
                now.organisations(),
                now.chains(),
                nodes,
                now.requirements(),
                now.proposals(),
                now.alliances(),
                now.revocations(),
                now.revocationChanges(),
                now.demands(),
                now.size());
    }

    private static Registry with(
            Registry now,
            SortedMap<Digest, OpenProposal> proposals,
            SortedMap<Digest, FiledRequirement> requirements,
            SortedMap<Digest, Demand> demands) {
        return new Registry(
                now.organisations(),
                now.chains(),
                now.nodes(),
                requirements,
                proposals,
                now.alliances(),
                now.revocations(),
                now.revocationChanges(),
                demands,
                now.size());
    }

    private static <T> SortedMap<Digest, T> many(int count, IntFunction<T> one) {
        TreeMap<Digest, T> many = new TreeMap<>();
        for (int number = 0; number < count; number++) {
            many.put(digest(number), one.apply(number));
        }
        return many;
    }

    private static Digest digest(int number) {
        return Digest.of(Bytes.utf8("number " + number));
    }
}
