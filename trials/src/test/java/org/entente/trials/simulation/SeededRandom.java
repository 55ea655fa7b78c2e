package org.entente.trials.simulation;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/// Chance for whoever insists on a [SecureRandom]: the same seed gives the same bytes.
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom random;

    public SeededRandom(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public byte[] generateSeed(int byteCount) {
        byte[] bytes = new byte[byteCount];
        random.nextBytes(bytes);
        return bytes;
    }
}
