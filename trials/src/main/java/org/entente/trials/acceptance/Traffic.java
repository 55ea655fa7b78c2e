package org.entente.trials.acceptance;

import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Town;
import org.entente.protocol.log.Settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// An application that asks for one exchange after the other, whatever happens to the processes
/// meanwhile, and remembers what it was told.
final class Traffic implements Runnable {
    private static final long PAUSE_MILLIS = 100;

    private final Town town;
    private final Market from;
    private final List<Outcome> told = new ArrayList<>();

    /// The value that was last said to be applied under each key.
    private final TreeMap<String, String> applied = new TreeMap<>();

    private final List<String> failures = new ArrayList<>();
    private volatile boolean stopping;

    Traffic(Town town, Market from) {
        this.town = town;
        this.from = from;
    }

    @Override
    public void run() {
        try {
            for (int number = 0; !stopping; number++) {
                // Few keys, so that most are written again.
                one(number % 5, "{\"number\": " + number + "}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void one(int place, String value) throws InterruptedException {
        String key = from.offered() + place;
        String to = from.other().received() + place;
        try {
            town.put(from, key, value);
            Outcome outcome = town.ask(from, town.copy(from, key, to), _ -> {});
            synchronized (told) {
                told.add(outcome);
                if (outcome.ending() instanceof Outcome.Settled settled
                        && settled.end() == Settlement.End.APPLIED) {
                    applied.put(to, value);
                } else {
                    // Whether it is applied nobody knows yet, so the key may hold either.
                    applied.remove(to);
                }
            }
        } catch (Failure e) {
            // A process was away for longer than a client waits.
            synchronized (told) {
                failures.add(e.message());
                applied.remove(to);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    void stop() {
        stopping = true;
    }

    Market from() {
        return from;
    }

    List<Outcome> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    SortedMap<String, String> applied() {
        synchronized (told) {
            return new TreeMap<>(applied);
        }
    }

    List<String> failures() {
        synchronized (told) {
            return List.copyOf(failures);
        }
    }
}
