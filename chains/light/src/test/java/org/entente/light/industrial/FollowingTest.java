package org.entente.light.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.light.fixture.Committed;
import org.entente.light.fixture.Party;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// A header is taken when a quorum of those committed it who sealed in its epoch, and no other.
final class FollowingTest {
    private static final ChainId CHAIN = new ChainId("icb:light");
    private static final Digest GENESIS = Digest.of(Bytes.utf8("genesis"));
    private static final Digest HEADER = Digest.of(Bytes.utf8("header"));
    private static final Settings SETTINGS = settings(Rates.USUAL);
    private static final List<Signer> MEMBERS =
            IntStream.range(0, 7).mapToObj(Party::account).toList();
    private static final Following BEGUN = begun(SETTINGS);

    private static Settings settings(Rates rates) {
        return new Settings(4, 10, 3, Duration.ofSeconds(2), rates);
    }

    private static List<VerifyingKey> keys() {
        return MEMBERS.stream().map(Signer::key).toList();
    }

    private static Following begun(Settings settings) {
        return Following.begun(CHAIN, GENESIS, keys(), settings, Party.CRYPTOGRAPHY.verifier())
                .orThrow();
    }

    private static Sealers sealers(long epoch, List<Signer> who) {
        return new Sealers(epoch, Sorted.copyOf(who.stream().map(Signer::key).toList()));
    }

    private static Sealers drawn(Following following) {
        return Optional.ofNullable(following.sealers().get(0L)).orElseThrow();
    }

    /// Those members who seal, or the others.
    private static List<Signer> of(Sealers sealers, boolean sealing) {
        return MEMBERS.stream().filter(each -> sealers.has(each.key()) == sealing).toList();
    }

    private static List<Signer> first(int count) {
        return of(drawn(BEGUN), true).subList(0, count);
    }

    private static Verdict judged(Following by, CommitCertificate certificate, long height) {
        return by.check(height, HEADER, CommitCertificate.FORMAT.encode(certificate));
    }

    private static Fault fault(Verdict verdict) {
        return verdict instanceof Verdict.Rejected(Fault fault, var _) ? fault : Fault.INTERNAL;
    }

    @Test
    void the_first_sealers_are_drawn_from_the_genesis_alone() {
        Sealers first = drawn(BEGUN);
        assertThat(first.keys()).hasSize(4).isSubsetOf(new TreeSet<>(keys()));
        assertThat(begun(SETTINGS).sealers()).isEqualTo(BEGUN.sealers());
        // Whose points do not suffice is not drawn: the lowest keys then.
        Rates high = new Rates(100, 1_000, 300, 2, 6, 8, 3, 60, 5, 50, 20, 60, 16);
        assertThat(drawn(begun(settings(high))).keys())
                .containsExactlyElementsOf(keys().stream().sorted().limit(4).toList());
        assertThat(
                        Following.begun(
                                        CHAIN,
                                        GENESIS,
                                        keys().subList(0, 3),
                                        SETTINGS,
                                        Party.CRYPTOGRAPHY.verifier())
                                .verdict())
                .isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void a_quorum_of_the_epochs_sealers_makes_a_header_final_and_less_does_not() {
        Turn turn = new Turn(0, 2, 7);
        assertThat(judged(BEGUN, Committed.by(first(3), CHAIN, turn, HEADER), 7))
                .isEqualTo(Verdict.accepted());
        assertThat(judged(BEGUN, Committed.by(first(4), CHAIN, turn, HEADER), 7))
                .isEqualTo(Verdict.accepted());
        assertThat(fault(judged(BEGUN, Committed.by(first(2), CHAIN, turn, HEADER), 7)))
                .isEqualTo(Fault.QUORUM_MISSED);
        List<Signer> others = of(drawn(BEGUN), false);
        assertThat(fault(judged(BEGUN, Committed.by(others, CHAIN, turn, HEADER), 7)))
                .isEqualTo(Fault.NOT_A_SIGNER);
    }

    @Test
    void no_word_passes_for_another() {
        Turn turn = new Turn(0, 0, 7);
        CommitCertificate sound = Committed.by(first(3), CHAIN, turn, HEADER);
        assertThat(
                        fault(
                                judged(
                                        BEGUN,
                                        Committed.by(
                                                first(3),
                                                Ballot.Phase.PREPARE,
                                                CHAIN,
                                                turn,
                                                HEADER),
                                        7)))
                .isEqualTo(Fault.BAD_SIGNATURE);
        ChainId other = new ChainId("icb:other");
        assertThat(fault(judged(BEGUN, Committed.by(first(3), other, turn, HEADER), 7)))
                .isEqualTo(Fault.BAD_SIGNATURE);
        CommitCertificate moved = new CommitCertificate(new Turn(0, 1, 7), HEADER, sound.commits());
        assertThat(fault(judged(BEGUN, moved, 7))).isEqualTo(Fault.BAD_SIGNATURE);
        assertThat(fault(judged(BEGUN, sound, 8))).isEqualTo(Fault.BAD_PROOF);
        assertThat(fault(BEGUN.check(7, Digest.ZERO, CommitCertificate.FORMAT.encode(sound))))
                .isEqualTo(Fault.BAD_PROOF);
        assertThat(fault(BEGUN.check(7, HEADER, Bytes.EMPTY))).isEqualTo(Fault.MALFORMED);
    }

    @Test
    void epochs_are_followed_one_by_one_and_each_has_its_own_sealers() {
        Sealers next = sealers(1, MEMBERS.subList(3, 7));
        Following after = BEGUN.followed(next).orThrow();
        assertThat(BEGUN.reaches(10)).isTrue();
        assertThat(BEGUN.reaches(11)).isFalse();
        assertThat(BEGUN.reaches(0)).isFalse();
        assertThat(after.reaches(20)).isTrue();
        Turn turn = new Turn(1, 0, 11);
        CommitCertificate certificate = Committed.by(MEMBERS.subList(4, 7), CHAIN, turn, HEADER);
        assertThat(judged(after, certificate, 11)).isEqualTo(Verdict.accepted());
        assertThat(fault(judged(BEGUN, certificate, 11))).isEqualTo(Fault.OUTDATED);
        // A certificate that names another epoch than its height has.
        assertThat(
                        fault(
                                judged(
                                        after,
                                        Committed.by(first(3), CHAIN, new Turn(0, 0, 11), HEADER),
                                        11)))
                .isEqualTo(Fault.NOT_A_SIGNER);
        assertThat(fault(after.followed(sealers(3, MEMBERS)).verdict())).isEqualTo(Fault.BAD_PROOF);
        assertThat(fault(after.followed(next).verdict())).isEqualTo(Fault.BAD_PROOF);
        assertThat(fault(after.check(0, HEADER, Bytes.EMPTY))).isEqualTo(Fault.OUTDATED);
    }

    @Test
    void who_is_banned_counts_to_the_end_of_its_epoch_and_no_longer() {
        Signer banned = first(4).getLast();
        Turn last = new Turn(0, 0, 10);
        assertThat(judged(BEGUN, Committed.by(first(4), CHAIN, last, HEADER), 10))
                .isEqualTo(Verdict.accepted());
        // Fewer seats: two of three make a quorum, as nobody of three may lie.
        List<Signer> left = first(3);
        Following after = BEGUN.followed(sealers(1, left)).orThrow();
        Turn turn = new Turn(1, 0, 11);
        assertThat(judged(after, Committed.by(left.subList(0, 2), CHAIN, turn, HEADER), 11))
                .isEqualTo(Verdict.accepted());
        List<Signer> with = List.of(left.getFirst(), banned);
        assertThat(fault(judged(after, Committed.by(with, CHAIN, turn, HEADER), 11)))
                .isEqualTo(Fault.NOT_A_SIGNER);
    }

    @Test
    void old_epochs_are_forgotten_but_those_that_are_looked_at() {
        Following now = BEGUN;
        for (int epoch = 1; epoch < 8; epoch++) {
            now = now.followed(sealers(epoch, MEMBERS.subList(0, 4))).orThrow();
        }
        SortedSet<Long> looked = Sorted.copyOf(List.of(25L));
        assertThat(now.kept(3, looked).sealers().keySet()).containsExactly(2L, 5L, 6L, 7L);
        assertThat(now.kept(3, looked).newest()).isEqualTo(7);
    }
}
