package org.entente.trials.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// All chance of one seed.
public final class Chance {
    private final SplittableRandom random;

    public Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /// A stream of its own, so that what one part draws changes nothing for another.
    public Chance branch() {
        return new Chance(random.split());
    }

    public boolean in(double probability) {
        return random.nextDouble() < probability;
    }

    /// With the mean 1, as waiting for what happens at any moment alike.
    public double exponential() {
        return -Math.log(1 - random.nextDouble());
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public long number() {
        return random.nextLong();
    }

    /// Both ends included, in whole milliseconds.
    public Duration millis(long from, long to) {
        return Duration.ofMillis(random.nextLong(from, to + 1));
    }

    public <T> T one(List<T> of) {
        return of.get(below(of.size()));
    }

    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
