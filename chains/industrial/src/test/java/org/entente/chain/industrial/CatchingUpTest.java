package org.entente.chain.industrial;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.SignedTransaction;
import org.entente.chain.execution.Ledger;
import org.entente.light.industrial.Ballot;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node that others are ahead of: what it asks for, and what it takes.
final class CatchingUpTest {
    private final Proposing proposing = new Proposing();
    private final Home home = proposing.home;
    private final Signer primary = proposing.primary;
    private final Replica replica =
            new Replica(Home.self(proposing.other), home.tip(), Optional.empty(), Proposing.NOW);

    private Ledger.Made made() {
        return home.makeBy(primary, home.evidence(), Proposing.WORK);
    }

    private Block settled(Ledger.Made made) {
        home.settle(made, 0, 0, 1, 2);
        return made.block(home.tip().head());
    }

    private List<Step> heard(VerifyingKey peer, Message message) {
        return replica.on(new Event.Heard(peer, message), Proposing.NOW);
    }

    private static List<Message> said(List<Step> steps) {
        List<Message> said = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Tell(var _, Message message)) {
                said.add(message);
            }
        }
        return said;
    }

    private List<VerifyingKey> others() {
        return Keys.first(4).stream()
                .map(Signer::key)
                .filter(each -> !each.equals(proposing.other.key()))
                .toList();
    }

    @Test
    void a_certified_block_is_executed_without_its_signatures() {
        Block block = settled(made());
        assertThat(heard(primary.key(), new Message.Blocks(List.of(block))))
                .filteredOn(Step.Execute.class::isInstance)
                .singleElement()
                .matches(it -> ((Step.Execute) it).isCertified());
    }

    @Test
    void other_transactions_under_a_certified_header_are_blamed_and_left() {
        Block block = settled(made());
        List<SignedTransaction> forged = new ArrayList<>(block.transactions());
        SignedTransaction last = forged.removeLast();
        forged.add(new SignedTransaction(last.transaction(), primary.sign(Digest.ZERO)));
        List<Step> steps =
                heard(
                        primary.key(),
                        new Message.Blocks(
                                List.of(new Block(block.certified(), forged, block.receipts()))));
        assertThat(steps).hasOnlyElementsOfType(Step.Blame.class).hasSize(1);
        assertThat(heard(primary.key(), new Message.Blocks(List.of(block))))
                .hasAtLeastOneElementOfType(Step.Execute.class);
    }

    @Test
    void who_sends_made_up_blocks_is_blamed_and_none_of_them_counts() {
        Ledger.Made made = made();
        Block first = settled(made);
        Block second = settled(made());
        VerifyingKey liar = others().getLast();
        List<Step> steps =
                heard(
                        liar,
                        new Message.Blocks(
                                List.of(certified(first, second), certified(second, first))));
        assertThat(steps).hasOnlyElementsOfType(Step.Blame.class).hasSize(1);
        assertThat(((Step.Blame) steps.getFirst()).peer()).isEqualTo(liar);
        VerifyingKey honest = others().getFirst();
        assertThat(said(heard(honest, new Message.Have(2)))).containsExactly(new Message.Ask(1));
        assertThat(heard(honest, new Message.Blocks(List.of(first, second))))
                .hasAtLeastOneElementOfType(Step.Execute.class);
        assertThat(
                        replica.on(
                                new Event.Executed(made.header().digest(), Parsed.of(made)),
                                Proposing.NOW))
                .hasAtLeastOneElementOfType(Step.Execute.class)
                .doesNotHaveAnyElementsOfTypes(Step.Blame.class);
    }

    @Test
    void a_made_up_block_behind_a_true_one_is_blamed_when_it_is_its_turn() {
        Ledger.Made made = made();
        Block first = settled(made);
        Block second = settled(made());
        VerifyingKey liar = others().getLast();
        assertThat(heard(liar, new Message.Blocks(List.of(first, certified(second, first)))))
                .hasOnlyElementsOfType(Step.Execute.class);
        assertThat(
                        replica.on(
                                new Event.Executed(made.header().digest(), Parsed.of(made)),
                                Proposing.NOW))
                .filteredOn(Step.Blame.class::isInstance)
                .singleElement()
                .matches(it -> ((Step.Blame) it).peer().equals(liar));
    }

    /// With the certificate of another.
    private static Block certified(Block block, Block other) {
        return new Block(
                new CertifiedHeader(block.header(), other.certified().certificate()),
                block.transactions(),
                block.receipts());
    }

    @Test
    void no_more_are_asked_at_once_than_may_lie_and_one() {
        List<Message> asked = new ArrayList<>();
        for (VerifyingKey peer : others()) {
            asked.addAll(said(heard(peer, new Message.Have(5))));
        }
        assertThat(asked).containsExactly(new Message.Ask(1), new Message.Ask(1));
        List<Step> later =
                replica.on(
                        new Event.Heard(others().getLast(), new Message.Have(5)),
                        Proposing.NOW.plus(Home.self(proposing.other).habits().resend()));
        assertThat(said(later)).contains(new Message.Ask(1));
    }

    @Test
    void what_is_being_executed_is_not_asked_for() {
        Block block = settled(made());
        heard(primary.key(), new Message.Blocks(List.of(block)));
        assertThat(said(heard(others().getFirst(), new Message.Have(1)))).isEmpty();
        assertThat(said(heard(others().getFirst(), new Message.Have(2))))
                .containsExactly(new Message.Ask(2));
    }

    @Test
    void what_a_quorum_committed_is_not_asked_for_while_it_is_executed() {
        Ledger.Made made = made();
        heard(primary.key(), proposing.proposal(made, Optional.empty()));
        Digest header = made.header().digest();
        List<Message> said = new ArrayList<>();
        for (Signer each : Keys.first(4)) {
            Ballot ballot =
                    Ballot.by(each, Ballot.Phase.COMMIT, Home.CHAIN, Proposing.TURN, header);
            said.addAll(said(heard(each.key(), new Message.Vote(ballot, Optional.empty()))));
        }
        said.addAll(said(heard(primary.key(), new Message.Have(1))));
        assertThat(said).noneMatch(Message.Ask.class::isInstance);
        replica.on(new Event.Executed(header, Parsed.of(made)), Proposing.NOW);
        assertThat(replica.tip().height()).isEqualTo(1);
    }

    @Test
    void a_word_that_comes_late_is_not_answered_and_one_that_comes_much_later_is() {
        for (int height = 1; height <= 2; height++) {
            Ledger.Made made = made();
            Block block = settled(made);
            heard(primary.key(), new Message.Blocks(List.of(block)));
            replica.on(new Event.Executed(made.header().digest(), Parsed.of(made)), Proposing.NOW);
        }
        assertThat(replica.tip().height()).isEqualTo(2);
        assertThat(said(heard(primary.key(), late(2)))).isEmpty();
        assertThat(said(heard(primary.key(), late(1)))).containsExactly(new Message.Have(2));
    }

    private Message late(long height) {
        return new Message.Vote(
                Ballot.by(
                        primary,
                        Ballot.Phase.PREPARE,
                        Home.CHAIN,
                        Home.turn(height, 0),
                        Digest.ZERO),
                Optional.empty());
    }
}
