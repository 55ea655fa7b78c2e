package org.entente.launcher.app.demo;

import org.entente.client.ExchangeStatus;
import org.entente.client.Problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the demo saw. Several threads count at once.
final class Tally {
    private final TreeMap<String, Integer> rejected = new TreeMap<>();
    private final List<String> surprises = new ArrayList<>();

    /// By the chain that an exchange left.
    private final TreeMap<Market, List<Duration>> took = new TreeMap<>();

    private int exchanges;

    synchronized void exchange() {
        exchanges++;
    }

    /// @param took from the asking until the destination's word of it was in the log
    synchronized void applied(Market from, Duration took) {
        took(from).add(took);
    }

    private List<Duration> took(Market from) {
        return took.computeIfAbsent(from, _ -> new ArrayList<>());
    }

    /// An attempt ended otherwise than APPLIED.
    synchronized void rejected(String code) {
        rejected.merge(code, 1, Integer::sum);
    }

    /// Hears every status of every attempt.
    void heard(ExchangeStatus status) {
        if (status.isFinal()) {
            status.problem().map(Problem::code).ifPresent(this::rejected);
        }
    }

    /// Something was not as it should have been.
    synchronized void surprise(String what) {
        surprises.add(what);
    }

    void expect(boolean holds, String otherwise) {
        if (!holds) {
            surprise(otherwise);
        }
    }

    synchronized int exchanges() {
        return exchanges;
    }

    synchronized int appliedCount() {
        return took.values().stream().mapToInt(List::size).sum();
    }

    synchronized int appliedCount(Market from) {
        return took(from).size();
    }

    /// In the middle of all that were applied, in seconds.
    synchronized double medianSeconds(Market from) {
        List<Duration> sorted = took(from).stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2).toMillis() / 1_000.0;
    }

    synchronized int count(String code) {
        return rejected.getOrDefault(code, 0);
    }

    synchronized SortedMap<String, Integer> rejections() {
        return new TreeMap<>(rejected);
    }

    synchronized List<String> surprises() {
        return List.copyOf(surprises);
    }
}
