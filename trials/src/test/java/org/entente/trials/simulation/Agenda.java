package org.entente.trials.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/// Everything that will happen, by virtual time and, at one moment, by when it was planned.
public final class Agenda {
    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private Instant now;
    private long number;

    private record Planned(Instant at, long number, Runnable what) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    public Agenda(Instant begin) {
        now = begin;
    }

    public Instant now() {
        return now;
    }

    public void plan(Duration after, Runnable what) {
        planned.add(new Planned(now.plus(after), number++, what));
    }

    /// Plans it for a moment, or for now when that is past.
    public void planAt(Instant at, Runnable what) {
        planned.add(new Planned(at.isBefore(now) ? now : at, number++, what));
    }

    /// Lets the next thing happen; whether there was one.
    public boolean step() {
        Planned next = planned.poll();
        if (next == null) {
            return false;
        }
        now = next.at;
        next.what.run();
        return true;
    }
}
