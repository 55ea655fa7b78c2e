package org.entente.chain.por;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.pool.Inclusion;
import org.entente.chain.pool.Mempool;
import org.entente.chain.pool.PoolLimits;
import org.entente.chain.pool.Ticket;
import org.entente.light.fixture.Party;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class MempoolTest {
    private static final int SIZE_BYTES_MAX = 1 << 20;

    private final Home home = new Home(4);
    private long nanos;
    private final Mempool pool = new Mempool(new PoolLimits(8, 1 << 16, 6), 4_096, () -> nanos);

    @Test
    void transactions_are_next_in_the_order_of_their_nonces_whenever_they_came() {
        SignedTransaction two = put(2, "two");
        assertThat(add(two)).isEqualTo("taken");
        assertThat(next(home.first)).isEmpty();
        SignedTransaction zero = put(0, "zero");
        SignedTransaction one = put(1, "one");
        add(one);
        add(zero);
        assertThat(next(home.first)).containsExactly(zero, one, two);
        assertThat(pool.next(home.first.ledger().state(), 2, SIZE_BYTES_MAX))
                .containsExactly(zero, one);
    }

    @Test
    void one_in_a_block_waits_on_and_is_next_again_upon_another_branch() throws Exception {
        SignedTransaction zero = put(0, "zero");
        Ticket ticket =
                pool.add(zero, home.first.ledger().state()).map(Mempool.Added::ticket).orThrow();
        Placed with = home.add(home.first, 1, zero);
        Placed without = home.add(home.first, 2);
        assertThat(next(with)).isEmpty();
        assertThat(next(without)).containsExactly(zero);
        assertThat(ticket.await(Duration.ZERO)).isEmpty();
        pool.settled(with.ledger(), with.receipts());
        Inclusion inclusion = ticket.await(Duration.ZERO).orElseThrow().orThrow();
        assertThat(inclusion.height()).isEqualTo(1);
        assertThat(pool.count()).isZero();
    }

    @Test
    void what_another_with_its_nonce_overtook_is_let_go() throws Exception {
        SignedTransaction here = put(0, "here");
        Ticket ticket =
                pool.add(here, home.first.ledger().state()).map(Mempool.Added::ticket).orThrow();
        Placed with = home.add(home.first, 1, put(0, "there"));
        pool.settled(with.ledger(), with.receipts());
        assertThat(fault(ticket.await(Duration.ZERO))).contains(Fault.NONCE_USED);
        assertThat(pool.ids()).isEmpty();
    }

    @Test
    void it_is_bounded_and_takes_the_same_one_once() {
        assertThat(add(put(0, "a"))).isEqualTo("taken");
        assertThat(add(put(0, "a"))).isEqualTo("known");
        assertThat(add(put(0, "b"))).isEqualTo("NONCE_USED");
        assertThat(add(put(5_000, "far"))).isEqualTo("NONCE_AHEAD");
        assertThat(add(put(1, "x".repeat(5_000)))).isEqualTo("TOO_LARGE");
        for (int nonce = 1; nonce < 6; nonce++) {
            assertThat(add(put(nonce, "a"))).isEqualTo("taken");
        }
        assertThat(add(put(6, "a"))).isEqualTo("OVERLOADED");
        pool.close();
        assertThat(add(put(6, "a"))).isEqualTo("STOPPING");
    }

    @Test
    void what_waits_a_minute_for_those_before_it_is_let_go_with_all_that_follow_on_it()
            throws Exception {
        Ticket gap =
                pool.add(put(2, "two"), home.first.ledger().state())
                        .map(Mempool.Added::ticket)
                        .orThrow();
        add(put(0, "zero"));
        nanos += Duration.ofSeconds(59).toNanos();
        add(put(3, "three"));
        pool.tidy(home.first.ledger().state());
        assertThat(pool.count()).isEqualTo(3);
        nanos += Duration.ofSeconds(1).toNanos();
        pool.tidy(home.first.ledger().state());
        assertThat(pool.count()).isEqualTo(1);
        assertThat(fault(gap.await(Duration.ZERO))).contains(Fault.NONCE_AHEAD);
        assertThat(add(put(2, "two"))).isEqualTo("taken");
    }

    @Test
    void what_came_early_stays_once_those_before_it_have_come_or_are_in_a_block() {
        add(put(1, "one"));
        add(put(0, "zero"));
        add(put(4, "four"));
        nanos += Duration.ofMinutes(2).toNanos();
        Placed with =
                home.add(home.first, 1, put(0, "zero"), put(1, "1"), put(2, "2"), put(3, "3"));
        pool.tidy(with.ledger().state());
        assertThat(pool.count()).isEqualTo(3);
        pool.tidy(home.first.ledger().state());
        assertThat(pool.count()).isEqualTo(3);
    }

    @Test
    void what_waits_for_others_takes_no_room_in_a_block() {
        Signer other = Party.account(7);
        Action action = new Action.Put(Bytes.utf8("key"), Optional.empty(), Bytes.utf8("late"));
        add(SignedTransaction.by(other, new Transaction(Home.CHAIN, other.key(), 5, action)));
        SignedTransaction zero = put(0, "zero");
        add(zero);
        assertThat(pool.next(home.first.ledger().state(), 100, zero.sizeBytes() + Integer.BYTES))
                .containsExactly(zero);
    }

    private String add(SignedTransaction signed) {
        return switch (pool.add(signed, home.first.ledger().state())) {
            case Parsed.Value<Mempool.Added>(Mempool.Added added) ->
                    added.isNew() ? "taken" : "known";
            case Parsed.Refused<Mempool.Added>(Verdict.Rejected why) -> why.fault().name();
        };
    }

    private List<SignedTransaction> next(Placed upon) {
        return pool.next(upon.ledger().state(), 100, SIZE_BYTES_MAX);
    }

    private static Optional<Fault> fault(Optional<Parsed<Inclusion>> end) {
        return end.flatMap(how ->
                how.verdict() instanceof Verdict.Rejected(Fault fault, String _)
                        ? Optional.of(fault)
                        : Optional.empty());
    }

    private static SignedTransaction put(long nonce, String value) {
        Action action = new Action.Put(Bytes.utf8("key"), Optional.empty(), Bytes.utf8(value));
        return SignedTransaction.by(
                Home.CLIENT, new Transaction(Home.CHAIN, Home.CLIENT.key(), nonce, action));
    }
}
