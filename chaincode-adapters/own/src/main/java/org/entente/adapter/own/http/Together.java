package org.entente.adapter.own.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Tasks side by side, each on a virtual thread, joined before it returns.
final class Together {
    private Together() {}

    /// The tasks' answers in their order. Each task keeps its own time.
    ///
    /// @param lanes how many run at once
    static <T> List<T> all(List<? extends Callable<T>> tasks, int lanes)
            throws SourceAway, SourceRefused, InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(lanes, Thread.ofVirtual().factory())) {
            List<T> answers = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(tasks)) {
                answers.add(answer(each));
            }
            return answers;
        }
    }

    private static <T> T answer(Future<T> ended)
            throws SourceAway, SourceRefused, InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SourceAway away -> throw away;
                case SourceRefused refused -> throw refused;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IllegalStateException("a task failed", e);
            }
        } catch (CancellationException _) {
            throw new InterruptedException("a task was cancelled");
        }
    }
}
