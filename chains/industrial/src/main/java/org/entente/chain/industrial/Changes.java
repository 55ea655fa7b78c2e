package org.entente.chain.industrial;

import org.entente.protocol.VerifyingKey;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Who gave up which views of one height. Changed in place by one owner.
final class Changes {
    private final TreeMap<VerifyingKey, Message.Change> newest = new TreeMap<>();

    void add(Message.Change change) {
        newest.merge(
                change.change().sealer(),
                change,
                (before, next) -> next.turn().view() > before.turn().view() ? next : before);
    }

    /// The lowest view above one to which more sealers went than can lie.
    Optional<Integer> above(int view, int faultyMax) {
        List<Integer> views =
                newest.values().stream()
                        .map(each -> each.turn().view())
                        .filter(each -> each > view)
                        .sorted()
                        .toList();
        return views.size() > faultyMax ? Optional.of(views.getFirst()) : Optional.empty();
    }

    /// How many wait for a view, or for a later one.
    int waiting(int view) {
        return (int) newest.values().stream().filter(each -> each.turn().view() >= view).count();
    }

    List<ViewChange> to(int view) {
        return newest.values().stream()
                .map(Message.Change::change)
                .filter(each -> each.to().view() == view)
                .toList();
    }

    /// What the newest claim of those who wait for a view is about.
    Optional<Pledge.Held> held(int view) {
        return newest.values().stream()
                .filter(each -> each.turn().view() == view)
                .flatMap(each -> each.held().stream())
                .max(Comparator.comparingInt(each -> each.proof().turn().view()));
    }
}
