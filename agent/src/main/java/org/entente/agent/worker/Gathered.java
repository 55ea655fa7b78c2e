package org.entente.agent.worker;

import org.entente.adapter.ChainUnreachable;
import org.entente.adapter.Seen;
import org.entente.adapter.Snapshot;
import org.entente.protocol.Sorted;
import org.entente.runtime.Threads;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Questions of one kind to one chain. What is asked while others are under way is asked together
/// next, so that a busy agent asks its chains a few times a second and not once for each exchange;
/// an idle one is not held up.
///
/// @param <K> what is asked for
/// @param <R> what is answered to all of it
final class Gathered<K extends Comparable<? super K>, R> {
    private static final int UNDER_WAY_MAX = 2;

    private final Asking<K, R> asking;

    /// Guards everything below.
    private final Object lock = new Object();

    private final Deque<Waiting<K, R>> waiting = new ArrayDeque<>();
    private int underWay;

    /// How the chain is asked.
    @FunctionalInterface
    interface Asking<K, R> {
        Seen<R> ask(SortedSet<K> all) throws ChainUnreachable, InterruptedException;
    }

    private record Waiting<K, R>(SortedSet<K> wanted, CompletableFuture<Seen<R>> answer) {}

    Gathered(Asking<K, R> asking) {
        this.asking = asking;
    }

    /// What is answered to this, and perhaps to more, by a question that was asked after the call.
    Seen<R> ask(SortedSet<K> wanted) throws ChainUnreachable, InterruptedException {
        Waiting<K, R> mine = new Waiting<>(wanted, new CompletableFuture<>());
        synchronized (lock) {
            waiting.add(mine);
            if (underWay < UNDER_WAY_MAX) {
                underWay++;
                Thread _ = Threads.start("asking", this::work);
            }
        }
        try {
            return mine.answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChainUnreachable away) {
                throw away;
            }
            throw new IllegalStateException("a question failed", e.getCause());
        }
    }

    /// How many wait for the next question.
    int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    private void work() {
        List<Waiting<K, R>> batch = next();
        while (!batch.isEmpty()) {
            answer(batch);
            batch = next();
        }
    }

    /// As many from the front as may be asked at once.
    private List<Waiting<K, R>> next() {
        List<Waiting<K, R>> batch = new ArrayList<>();
        synchronized (lock) {
            TreeSet<K> all = new TreeSet<>();
            while (!waiting.isEmpty()) {
                all.addAll(waiting.getFirst().wanted);
                if (!batch.isEmpty() && all.size() > Snapshot.COUNT_MAX) {
                    break;
                }
                batch.add(waiting.removeFirst());
            }
            if (batch.isEmpty()) {
                underWay--;
            }
        }
        return batch;
    }

    private void answer(List<Waiting<K, R>> batch) {
        try {
            TreeSet<K> all = new TreeSet<>();
            batch.forEach(each -> all.addAll(each.wanted));
            Seen<R> seen = asking.ask(Sorted.copyOf(all));
            if (seen instanceof Seen.Known<R> || batch.size() == 1) {
                batch.forEach(each -> each.answer.complete(seen));
            } else {
                // One question that the chain refuses must not cost the others their answers.
                for (Waiting<K, R> each : batch) {
                    answer(List.of(each));
                }
            }
        } catch (ChainUnreachable | RuntimeException e) {
            batch.forEach(each -> each.answer.completeExceptionally(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batch.forEach(each -> each.answer.completeExceptionally(e));
        }
    }
}
