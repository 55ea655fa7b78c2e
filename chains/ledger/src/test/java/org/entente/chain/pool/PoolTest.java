package org.entente.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.fixture.MemoryChain;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// What may wait for a block, and in which order.
final class PoolTest {
    private static final ChainId CHAIN = new ChainId("solo:orders");
    private final MemoryChain chain = new MemoryChain(CHAIN);
    private final AtomicLong nanos = new AtomicLong();
    private final Pool pool = new Pool(new PoolLimits(4, 4_000, 3), nanos::get);

    @Test
    void nonces_come_without_gaps_over_what_waits_and_what_is_being_made() throws Exception {
        assertThat(add(chain.account(), 0)).isEmpty();
        assertThat(add(chain.account(), 1)).isEmpty();
        List<Ticket> taken = pool.take(1, 4_000, 0);
        assertThat(taken).hasSize(1);
        assertThat(add(chain.account(), 5)).contains(Fault.NONCE_AHEAD);
        assertThat(add(chain.account(), 2)).isEmpty();
        assertThat(other(0)).contains(Fault.NONCE_USED);
        pool.end(taken.getFirst(), Parsed.refused(Fault.INTERNAL, "a test"));
        assertThat(pool.count()).isEqualTo(2);
        assertThat(pool.take(9, 4_000, 0))
                .extracting(ticket -> ticket.signed().transaction().nonce())
                .containsExactly(1L, 2L);
    }

    @Test
    void what_overtook_those_before_it_is_held_until_they_come() throws Exception {
        Ticket last = held(2);
        Ticket middle = held(1);
        assertThat(other(1)).contains(Fault.NONCE_USED);
        assertThat(held(1)).isSameAs(middle);
        assertThat(add(chain.account(), 3)).contains(Fault.NONCE_AHEAD);
        assertThat(add(chain.account(), 0)).isEmpty();
        assertThat(pool.take(9, 4_000, 0)).hasSize(3).endsWith(middle, last);
    }

    @Test
    void what_is_held_for_nobody_is_let_go_after_a_while() throws Exception {
        Ticket early = held(1);
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(add(chain.owner(), 0)).isEmpty();
        assertThat(early.await(Duration.ZERO)).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(add(chain.owner(), 1)).isEmpty();
        assertThat(fault(early.await(Duration.ZERO).orElseThrow().verdict()))
                .contains(Fault.NONCE_AHEAD);
        assertThat(pool.count()).isEqualTo(2);
        assertThat(add(chain.account(), 0)).isEmpty();
        assertThat(pool.take(9, 4_000, 0)).hasSize(3);
    }

    private Ticket held(long nonce) {
        return pool.add(signed(chain.account(), nonce, "value"), () -> chain.ledger().state())
                .orThrow();
    }

    @Test
    void the_same_transaction_again_waits_on_the_same_ticket() throws Exception {
        SignedTransaction signed = signed(chain.account(), 0, "value");
        Ticket first = pool.add(signed, () -> chain.ledger().state()).orThrow();
        assertThat(pool.add(signed, () -> chain.ledger().state()).orThrow()).isSameAs(first);
        assertThat(pool.count()).isEqualTo(1);
        assertThat(first.await(Duration.ZERO)).isEmpty();
    }

    @Test
    void a_full_pool_refuses_by_count_by_account_and_by_size() {
        for (long nonce = 0; nonce < 3; nonce++) {
            assertThat(add(chain.account(), nonce)).isEmpty();
        }
        assertThat(add(chain.account(), 3)).contains(Fault.OVERLOADED);
        assertThat(add(chain.owner(), 0)).isEmpty();
        assertThat(add(chain.owner(), 1)).contains(Fault.OVERLOADED);
        Pool small = new Pool(new PoolLimits(100, 1_000, 100));
        SignedTransaction large = signed(chain.account(), 0, "x".repeat(1_000));
        assertThat(fault(small.add(large, () -> chain.ledger().state()).verdict()))
                .contains(Fault.OVERLOADED);
    }

    @Test
    void a_block_takes_no_more_than_its_size_but_always_one() throws Exception {
        add(chain.account(), 0);
        add(chain.account(), 1);
        assertThat(pool.take(10, 1, 0)).hasSize(1);
        assertThat(pool.take(10, 1, 0)).hasSize(1);
    }

    @Test
    void a_closed_pool_tells_those_who_wait_and_takes_nothing() throws Exception {
        Ticket ticket =
                pool.add(signed(chain.account(), 0, "v"), () -> chain.ledger().state()).orThrow();
        Ticket early = held(2);
        pool.close();
        assertThat(fault(early.await(Duration.ZERO).orElseThrow().verdict()))
                .contains(Fault.STOPPING);
        assertThat(fault(ticket.await(Duration.ZERO).orElseThrow().verdict()))
                .contains(Fault.STOPPING);
        assertThat(add(chain.account(), 0)).contains(Fault.STOPPING);
        assertThat(pool.take(10, 4_000, 0)).isEmpty();
    }

    private Optional<Fault> add(Signer by, long nonce) {
        return fault(pool.add(signed(by, nonce, "value"), () -> chain.ledger().state()).verdict());
    }

    private Optional<Fault> other(long nonce) {
        return fault(
                pool.add(signed(chain.account(), nonce, "else"), () -> chain.ledger().state())
                        .verdict());
    }

    private static SignedTransaction signed(Signer by, long nonce, String value) {
        return SignedTransaction.by(
                by,
                new Transaction(
                        CHAIN,
                        by.key(),
                        nonce,
                        new Action.Put(Bytes.utf8("key"), Optional.empty(), Bytes.utf8(value))));
    }

    private static Optional<Fault> fault(Verdict verdict) {
        return verdict instanceof Verdict.Rejected(Fault fault, String _)
                ? Optional.of(fault)
                : Optional.empty();
    }
}
