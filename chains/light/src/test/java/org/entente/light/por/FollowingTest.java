package org.entente.light.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.light.fixture.Mined;
import org.entente.light.fixture.Party;
import org.entente.light.fixture.Played;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Whoever only reads takes what was buried by the members, and nothing else.
final class FollowingTest {
    private static final ChainId CHAIN = new ChainId("por:light");
    private static final Digest GENESIS = Digest.of(Bytes.utf8("genesis"));
    private static final int NODES = 4;

    /// With real work, which costs nothing at these parameters.
    private final HeaderJudge judge = new HeaderJudge(CHAIN, Played.VERIFIER, Work.HASHED);

    private final Settings settings = Party.settings(NODES, 3);
    private final Following begun =
            new Following(
                    judge,
                    Link.first(settings, GENESIS, Digest.ZERO, Instant.ofEpochSecond(1_000)));

    private final List<Certificate> made = new ArrayList<>();
    private final List<Rules> shown = new ArrayList<>();
    private Link tip = begun.last();

    /// A block by the node, and what rules there are behind it.
    private void add(int node, Played signer, Rules next) {
        Certificate certificate =
                Mined.block(
                        CHAIN, tip, node, signer, Digest.of(Bytes.utf8("ledger " + tip.height())));
        made.add(certificate);
        tip = tip.with(certificate, next);
    }

    private void add(int node) {
        add(node, Party.node(node), tip.rules());
    }

    private void rounds(int count) {
        for (int block = 0; block < count; block++) {
            add(block % NODES);
        }
    }

    private Parsed<Following.Advance> shown() {
        return begun.advance(new Trail(made, shown));
    }

    private static long end(Parsed<Following.Advance> advance) {
        return advance.orThrow().after().last().height();
    }

    private static Fault fault(Parsed<?> parsed) {
        return parsed.verdict() instanceof Verdict.Rejected(Fault fault, var _)
                ? fault
                : Fault.INTERNAL;
    }

    @Test
    void a_block_is_final_below_six_others_of_more_than_half() {
        rounds(6);
        assertThat(end(shown())).isZero();
        add(2);
        assertThat(end(shown())).isEqualTo(1);
        assertThat(shown().orThrow().steps())
                .containsExactly(new Following.Step(1, Digest.of(Bytes.utf8("ledger 0"))));
    }

    @Test
    void a_reader_goes_on_from_where_it_was() {
        rounds(9);
        Following after = shown().orThrow().after();
        assertThat(after.next()).isEqualTo(4);
        rounds(3);
        Trail rest = new Trail(made.subList(3, made.size()), List.of());
        assertThat(end(after.advance(rest))).isEqualTo(6);
        assertThat(fault(after.advance(new Trail(made, List.of())))).isEqualTo(Fault.OUTDATED);
    }

    @Test
    void few_members_bury_nothing_however_many_blocks_they_make() {
        for (int block = 0; block < 12; block++) {
            add(block % 2);
        }
        assertThat(end(shown())).isZero();
    }

    @Test
    void a_changed_certificate_is_refused() {
        rounds(8);
        Certificate sound = made.get(5);
        List<UnaryOperator<Certificate>> lies =
                List.of(
                        it -> with(it, it.header().with(it.header().nonce() + 1)),
                        it ->
                                new Certificate(
                                        it.header(),
                                        new Creation(
                                                it.creation().creator(),
                                                it.creation().height(),
                                                1,
                                                0,
                                                it.creation().rules(),
                                                Digest.of(Bytes.utf8("another ledger"))),
                                        it.path(),
                                        it.signature()),
                        it ->
                                new Certificate(
                                        it.header(),
                                        it.creation(),
                                        List.of(Digest.ZERO),
                                        it.signature()),
                        it ->
                                new Certificate(
                                        it.header(),
                                        it.creation(),
                                        it.path(),
                                        Mined.signature(
                                                CHAIN, it.header(), it.creation(), Party.node(3))));
        for (UnaryOperator<Certificate> lie : lies) {
            made.set(5, lie.apply(sound));
            assertThat(fault(shown())).isIn(Fault.BAD_PROOF, Fault.BAD_SIGNATURE);
        }
        made.set(5, sound);
        assertThat(end(shown())).isEqualTo(2);
    }

    private static Certificate with(Certificate certificate, BlockHeader header) {
        return new Certificate(
                header, certificate.creation(), certificate.path(), certificate.signature());
    }

    @Test
    void a_block_without_the_work_that_its_maker_owes_is_refused() {
        rounds(3);
        Work none = (header, _, _) -> header.time() != made.get(1).header().time();
        Following other =
                new Following(new HeaderJudge(CHAIN, Played.VERIFIER, none), begun.last());
        assertThat(fault(other.advance(new Trail(made, List.of())))).isEqualTo(Fault.BAD_PROOF);
    }

    @Test
    void withheld_blocks_leave_a_reader_where_it_is() {
        rounds(10);
        made.remove(4);
        assertThat(fault(shown())).isEqualTo(Fault.OUTDATED);
        assertThat(begun.advance(new Trail(List.of(), List.of())).orThrow().steps()).isEmpty();
    }

    @Test
    void rules_that_change_are_followed_when_they_are_shown() {
        rounds(3);
        Rules next =
                tip.rules()
                        .with(new Parameters(22_000, 11_900, tip.rules().parameters().nearest()));
        add(3, Party.node(3), next);
        rounds(10);
        assertThat(fault(shown())).isEqualTo(Fault.INVALID_VALUE);
        shown.add(next);
        Following.Advance advance = shown().orThrow();
        assertThat(advance.after().last().height()).isEqualTo(8);
        assertThat(advance.after().last().rules()).isEqualTo(next);
    }

    @Test
    void a_member_with_another_key_is_followed_by_the_word_of_the_key_before() {
        rounds(3);
        Played key = Played.of("another");
        Rules next = handed(key, Party.node(1).sign(consent(key)));
        add(3, Party.node(3), next);
        shown.add(next);
        for (int block = 0; block < 12; block++) {
            int node = block % NODES;
            add(node, node == 1 ? key : Party.node(node), next);
        }
        assertThat(end(shown())).isEqualTo(10);
    }

    private static Bytes consent(Played key) {
        return Member.consent(CHAIN, Party.account(1).key(), key.key());
    }

    private Rules handed(Played key, Bytes handover) {
        Member was = Party.member(1);
        List<Member> members = new ArrayList<>(tip.rules().members());
        members.set(
                1,
                new Member(
                        was.account(), was.name(), key.key(), was.host(), was.port(), 0, handover));
        return tip.rules().with(members);
    }

    /// One member invents rules in which all the others have keys of its own.
    @Test
    void one_member_cannot_bury_its_block_under_rules_that_it_invents() {
        rounds(3);
        Played own = Played.of("own");
        assertThat(forged(handed(own, own.sign(consent(own))))).isFalse();
        made.subList(3, made.size()).clear();
        assertThat(forged(allAnew())).isFalse();
    }

    /// Whether anything from the invented rules on becomes final.
    private boolean forged(Rules invented) {
        tip = begun.last();
        List<Certificate> honest = List.copyOf(made.subList(0, 3));
        for (Certificate each : honest) {
            tip = tip.with(each, tip.rules());
        }
        add(3, Party.node(3), invented);
        shown.clear();
        shown.add(invented);
        for (int block = 0; block < 12; block++) {
            Member maker = invented.members().get(block % invented.count());
            add(indexOf(maker), new Played(maker.key()), invented);
        }
        return shown() instanceof Parsed.Value<Following.Advance>(Following.Advance advance)
                && advance.after().last().height() >= 4;
    }

    private static int indexOf(Member member) {
        for (int node = 0; node < NODES; node++) {
            if (Party.account(node).key().equals(member.account())) {
                return node;
            }
        }
        throw new IllegalStateException("nobody is " + member);
    }

    /// As if all had left and come back with keys of the liar.
    private Rules allAnew() {
        List<Member> members = new ArrayList<>();
        for (Member each : settings.rules().members()) {
            members.add(
                    new Member(
                            each.account(),
                            each.name(),
                            Played.of("own " + each.name()).key(),
                            each.host(),
                            each.port(),
                            4));
        }
        return settings.rules().with(members);
    }

    @Test
    void what_is_shown_reads_back_as_it_was_written() {
        rounds(2);
        Trail trail = new Trail(made, List.of(tip.rules()));
        assertThat(Trail.FORMAT.decode(Trail.FORMAT.encode(trail))).isEqualTo(Parsed.of(trail));
    }
}
