package org.entente.launcher.app.demo;

import org.entente.client.ExchangeStatus;
import org.entente.client.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the demo saw. Several threads count at once.
final class Tally {
    private final TreeMap<String, Integer> rejected = new TreeMap<>();
    private final List<String> surprises = new ArrayList<>();
    private int exchanges;
    private int applied;

    synchronized void exchange() {
        exchanges++;
    }

    synchronized void applied() {
        applied++;
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
        return applied;
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
