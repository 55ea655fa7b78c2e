package org.entente.agent.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Seen;
import org.entente.protocol.Fault;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Many questions as few.
final class GatheredTest {
    private static final long FORBIDDEN = 13;
    private static final long AWAY = 99;

    private final BlockingQueue<SortedSet<Long>> asked = new LinkedBlockingQueue<>();
    private final Semaphore answering = new Semaphore(0);
    private final Gathered<Long, SortedSet<Long>> gathered = new Gathered<>(this::answer);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Seen<SortedSet<Long>> answer(SortedSet<Long> all)
            throws ChainUnreachable, InterruptedException {
        asked.add(all);
        answering.acquire();
        if (all.contains(AWAY)) {
            throw new ChainUnreachable("a test");
        }
        return all.contains(FORBIDDEN)
                ? new Seen.Refused<>(Verdict.rejected(Fault.INVALID_VALUE, "a test"))
                : Seen.of(all);
    }

    @AfterEach
    void ended() {
        threads.shutdownNow();
    }

    private Future<Seen<SortedSet<Long>>> ask(long... wanted) {
        List<Long> all = new ArrayList<>();
        for (long each : wanted) {
            all.add(each);
        }
        Callable<Seen<SortedSet<Long>>> question = () -> gathered.ask(Sorted.copyOf(all));
        return threads.submit(question);
    }

    private SortedSet<Long> next() throws InterruptedException {
        SortedSet<Long> next = asked.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was asked");
        }
        return next;
    }

    @Test
    void an_idle_chain_is_asked_at_once_and_a_busy_one_for_all_that_came_meanwhile()
            throws Exception {
        Future<Seen<SortedSet<Long>>> one = ask(1);
        assertThat(next()).containsExactly(1L);
        Future<Seen<SortedSet<Long>>> two = ask(2);
        assertThat(next()).containsExactly(2L);
        Future<Seen<SortedSet<Long>>> three = ask(3, 4);
        Future<Seen<SortedSet<Long>>> four = ask(4, 5);
        while (gathered.waiting() < 2) {
            Thread.onSpinWait();
        }
        answering.release(3);
        assertThat(next()).containsExactly(3L, 4L, 5L);
        assertThat(one.get()).isEqualTo(Seen.of(Sorted.copyOf(List.of(1L))));
        assertThat(two.get()).isEqualTo(Seen.of(Sorted.copyOf(List.of(2L))));
        assertThat(three.get()).isEqualTo(four.get());
        assertThat(asked).isEmpty();
    }

    @Test
    void one_that_the_chain_refuses_costs_the_others_nothing() throws Exception {
        Future<Seen<SortedSet<Long>>> one = ask(1);
        assertThat(next()).containsExactly(1L);
        Future<Seen<SortedSet<Long>>> two = ask(2);
        assertThat(next()).containsExactly(2L);
        Future<Seen<SortedSet<Long>>> sound = ask(3);
        Future<Seen<SortedSet<Long>>> forbidden = ask(FORBIDDEN);
        while (gathered.waiting() < 2) {
            Thread.onSpinWait();
        }
        answering.release(10);
        assertThat(sound.get()).isEqualTo(Seen.of(Sorted.copyOf(List.of(3L))));
        assertThat(forbidden.get()).isInstanceOf(Seen.Refused.class);
        assertThat(one.get()).isNotEqualTo(two.get());
    }

    @Test
    void a_chain_that_is_away_is_said_to_everyone_and_asked_again_later() throws Exception {
        answering.release(10);
        assertThatThrownBy(() -> ask(AWAY).get()).hasRootCauseInstanceOf(ChainUnreachable.class);
        assertThat(ask(1).get()).isEqualTo(Seen.of(Sorted.copyOf(List.of(1L))));
    }
}
