package org.entente.trials.acceptance;

import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Plan;
import org.entente.protocol.log.Settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// An application that asks for one exchange after the other, whatever happens to the processes
/// meanwhile, and remembers what it was told.
final class Traffic implements Runnable {
    private static final long PAUSE_MILLIS = 100;
    private static final int NAME_COUNT = 5;

    private final Way way;
    private final Plan plan;
    private final String prefix;
    private final List<Outcome> told = new ArrayList<>();

    /// The value that each name must hold in the end, where that is known.
    private final TreeMap<String, String> last = new TreeMap<>();

    private final List<String> failures = new ArrayList<>();
    private volatile boolean stopping;

    /// @param plan until what each is waited for
    /// @param prefix of the names of its own values
    Traffic(Way way, Plan plan, String prefix) {
        this.way = way;
        this.plan = plan;
        this.prefix = prefix;
    }

    @Override
    public void run() {
        try {
            for (int number = 0; !stopping; number++) {
                // Few names, so that most are written again.
                one(prefix + number % NAME_COUNT, "{\"number\": " + number + "}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void one(String name, String value) throws InterruptedException {
        try {
            Outcome outcome = way.carry(name, value, plan);
            synchronized (told) {
                told.add(outcome);
                if (isDone(outcome)) {
                    last.put(name, value);
                } else {
                    // Whether it is applied nobody knows yet, so the key may hold either.
                    last.remove(name);
                }
            }
        } catch (Failure e) {
            // A process was away for longer than a client waits.
            synchronized (told) {
                failures.add(e.message());
                last.remove(name);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /// Applied, or sealed where no more is waited for.
    static boolean isDone(Outcome outcome) {
        return switch (outcome.ending()) {
            case Outcome.Settled settled -> settled.end() == Settlement.End.APPLIED;
            case Outcome.Sealed _ -> true;
            case Outcome.Invalid _, Outcome.Failed _, Outcome.Open _ -> false;
        };
    }

    void stop() {
        stopping = true;
    }

    Way way() {
        return way;
    }

    List<Outcome> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    /// How many came to what was wished.
    long done() {
        return told().stream().filter(Traffic::isDone).count();
    }

    SortedMap<String, String> last() {
        synchronized (told) {
            return new TreeMap<>(last);
        }
    }

    List<String> failures() {
        synchronized (told) {
            return List.copyOf(failures);
        }
    }

    /// Names that do not hold what they must.
    List<String> missing() throws Failure {
        List<String> missing = new ArrayList<>();
        for (var expected : last().entrySet()) {
            var found = way.delivered(expected.getKey());
            if (!found.map(expected.getValue()::equals).orElse(false)) {
                missing.add(
                        way.received()
                                + expected.getKey()
                                + " holds "
                                + found
                                + ", the application was told "
                                + expected.getValue());
            }
        }
        return missing;
    }
}
