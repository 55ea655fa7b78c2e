package org.entente.trials.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// All chance of one seed.
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /// A stream of its own, so that what one part draws changes nothing for another.
    Chance branch() {
        return new Chance(random.split());
    }

    boolean in(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long number() {
        return random.nextLong();
    }

    /// Both ends included, in whole milliseconds.
    Duration millis(long from, long to) {
        return Duration.ofMillis(random.nextLong(from, to + 1));
    }

    <T> T one(List<T> of) {
        return of.get(below(of.size()));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
