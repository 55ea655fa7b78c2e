package org.entente.runtime.metrics;

import org.entente.protocol.Sorted;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// Whether the process can do its work, by named checks; all of them UP makes it ready.
///
/// `STARTING → SERVING → STOPPING`; only SERVING is ready.
public final class Health {
    public enum Status {
        UP,
        DOWN
    }

    private enum Phase {
        STARTING,
        SERVING,
        STOPPING
    }

    /// @param words for the person who looks: what is wrong, or what was seen
    public record Answer(Status status, String words) {
        public static Answer up(String words) {
            return new Answer(Status.UP, words);
        }

        public static Answer down(String words) {
            return new Answer(Status.DOWN, words);
        }
    }

    public record Report(Status status, SortedMap<String, Answer> checks) {
        public Report {
            checks = Sorted.copyOf(checks);
        }
    }

    /// Asked at each look, so it answers quickly.
    @FunctionalInterface
    public interface Check {
        Answer look() throws Exception;
    }

    private record Named(String name, Check check) {}

    private final List<Named> checks;
    private final AtomicReference<Phase> phase;

    private Health(List<Named> checks, AtomicReference<Phase> phase) {
        this.checks = checks;
        this.phase = phase;
    }

    public static Health none() {
        return new Health(List.of(), new AtomicReference<>(Phase.STARTING));
    }

    /// The same process with one more check.
    public Health with(String name, Check check) {
        List<Named> more = new ArrayList<>(checks);
        more.add(new Named(name, check));
        return new Health(List.copyOf(more), phase);
    }

    public void serving() {
        phase.set(Phase.SERVING);
    }

    public void stopping() {
        phase.set(Phase.STOPPING);
    }

    /// A process that answers is alive.
    public static Report live() {
        return new Report(Status.UP, new TreeMap<>());
    }

    public Report ready() {
        SortedMap<String, Answer> answers = new TreeMap<>();
        answers.put(
                "process",
                switch (phase.get()) {
                    case STARTING -> Answer.down("starting");
                    case SERVING -> Answer.up("serving");
                    case STOPPING -> Answer.down("stopping");
                });
        for (Named named : checks) {
            answers.put(named.name, look(named.check));
        }
        boolean up = answers.values().stream().allMatch(each -> each.status == Status.UP);
        return new Report(up ? Status.UP : Status.DOWN, answers);
    }

    /// A check that fails is an answer, not an accident of the one who looks.
    private static Answer look(Check check) {
        try {
            return check.look();
        } catch (Exception e) {
            return Answer.down(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
