package org.entente.chain.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.Action;
import org.entente.chain.Receipt;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.StateProof;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Sealers;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Signature;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What evidence in a block changes, and what evidence no block takes.
final class EvidenceTest {
    private static final Action WORK =
            new Action.Put(Bytes.utf8("key"), Optional.empty(), Bytes.utf8("value"));
    private final Home home = new Home();

    private static Receipt.Status first(Ledger.Made made) {
        return made.receipts().getFirst().status();
    }

    private void block(Integer... committing) {
        Ledger.Made made = home.make(home.evidence());
        assertThat(first(made)).isEqualTo(Receipt.Status.DONE);
        home.settle(made, 0, committing);
    }

    @Test
    void who_is_in_the_certificate_gains_and_who_is_missed_loses() {
        block(0, 1, 2);
        block(0, 1, 2, 3);
        assertThat(home.repute(0).points()).isEqualTo(502);
        assertThat(home.repute(3)).isEqualTo(new Repute(494, 1, false, false));
    }

    @Test
    void a_block_of_evidence_alone_earns_its_creator_nothing() {
        block(0, 1, 2);
        assertThat(home.repute(0).points()).isEqualTo(500);
        home.settle(home.make(home.evidence(), WORK), 0, 0, 1, 2, 3);
        assertThat(home.repute(0).points()).isEqualTo(502 + 3);
    }

    @Test
    void a_commit_that_came_late_takes_the_miss_back_once() {
        Ledger.Made one = home.make(home.evidence());
        home.settle(one, 0, 0, 1, 2);
        block(0, 1, 2, 3);
        Ballot late = Home.ballot(3, Ballot.Phase.COMMIT, Home.turn(1, 0), one);
        Words.Evidence with =
                new Words.Evidence(home.certificate(), List.of(late), List.of(), List.of());
        home.settle(home.make(with), 0, 0, 1, 2, 3);
        assertThat(home.repute(3)).isEqualTo(new Repute(494 + 2 + 8, 0, false, false));
        assertThat(
                        first(
                                home.make(
                                        new Words.Evidence(
                                                home.certificate(),
                                                List.of(late),
                                                List.of(),
                                                List.of()))))
                .isEqualTo(Receipt.Status.FAILED);
    }

    @Test
    void a_certificate_of_a_later_view_costs_those_whose_views_failed() {
        Roster roster = Kept.roster(home.tip().state(), 1);
        home.settle(home.make(home.evidence()), 2, 0, 1, 2, 3);
        block(0, 1, 2, 3);
        for (int member = 0; member < 4; member++) {
            VerifyingKey key = Home.member(member).key();
            boolean failed = key.equals(roster.primary(1, 0)) || key.equals(roster.primary(1, 1));
            assertThat(home.repute(member).points()).isEqualTo(failed ? 442 : 502);
        }
    }

    @Test
    void two_words_where_one_may_be_said_ban_until_the_owner_readmits() {
        Ledger.Made one = home.make(home.evidence());
        Ledger.Made other = home.make(home.evidence(), WORK);
        Equivocation lie =
                new Equivocation(
                        Home.ballot(3, Ballot.Phase.PREPARE, Home.turn(1, 0), one),
                        Home.ballot(3, Ballot.Phase.PREPARE, Home.turn(1, 0), other));
        home.settle(one, 0, 0, 1, 2);
        Words.Evidence with =
                new Words.Evidence(home.certificate(), List.of(), List.of(), List.of(lie));
        home.settle(home.make(with), 0, 0, 1, 2);
        assertThat(home.repute(3)).isEqualTo(new Repute(0, 1, false, true));
        Action readmit =
                new Action.Govern(Words.FORMAT.encode(new Words.Readmit(Home.member(3).key())));
        home.settle(home.make(home.evidence(), readmit), 0, 0, 1, 2);
        assertThat(home.repute(3).banned()).isFalse();
    }

    @Test
    void evidence_that_does_not_hold_changes_nothing() {
        Ledger.Made one = home.make(home.evidence());
        home.settle(one, 0, 0, 1);
        assertThat(first(home.make(home.evidence()))).isEqualTo(Receipt.Status.FAILED);
        home.settle(one, 0, 0, 1, 2);
        CommitCertificate good = home.certificate().orElseThrow();
        TreeMap<VerifyingKey, Signature> forged = new TreeMap<>(good.commits());
        forged.put(Home.member(3).key(), good.commits().get(Home.member(2).key()));
        Heartbeat early = Heartbeat.by(Home.member(3), Home.CHAIN, 0, Digest.ZERO);
        for (Words.Evidence bad :
                List.of(
                        new Words.Evidence(Optional.empty(), List.of(), List.of(), List.of()),
                        new Words.Evidence(
                                Optional.of(
                                        new CommitCertificate(good.turn(), good.header(), forged)),
                                List.of(),
                                List.of(),
                                List.of()),
                        new Words.Evidence(
                                Optional.of(good), List.of(), List.of(early), List.of()))) {
            Ledger.Made made = home.make(bad);
            assertThat(first(made)).isEqualTo(Receipt.Status.FAILED);
            assertThat(Kept.table(made.state())).isEqualTo(Kept.table(home.tip().state()));
        }
    }

    @Test
    void an_epoch_ends_with_heartbeats_and_its_last_header_proves_the_next_sealers() {
        for (long height = 1; height <= 6; height++) {
            block(0, 1, 2, 3);
        }
        Digest pulse = Kept.past(home.tip().state()).pulse().orElseThrow();
        List<Heartbeat> beats =
                List.of(0, 1, 2).stream()
                        .map(each -> Heartbeat.by(Home.member(each), Home.CHAIN, 0, pulse))
                        .toList();
        home.settle(
                home.make(new Words.Evidence(home.certificate(), List.of(), beats, List.of())),
                0,
                0,
                1,
                2,
                3);
        block(0, 1, 2, 3);
        // Seven certificates counted, then a heartbeat or none, then the way back to 500.
        assertThat(home.repute(0)).isEqualTo(new Repute(514 + 20 - 2, 0, false, false));
        assertThat(home.repute(3)).isEqualTo(new Repute(514 - 60 + 2, 0, true, false));
        Sealers next = home.sealers(1);
        assertThat(
                        home.certificate()
                                .orElseThrow()
                                .check(Home.CHAIN, home.sealers(0), Keys.CRYPTOGRAPHY.verifier()))
                .isEqualTo(Verdict.accepted());
        StateProof proof = home.tip().state().prove(Kept.place(1));
        Digest root = home.tip().head().header().stateRoot();
        assertThat(proof.verify(Kept.place(1), root).orThrow().orElseThrow().value())
                .contains(Digest.of(Sealers.FORMAT.encode(next)));
    }
}
