package org.entente.trials.fuzz;

import org.entente.protocol.Bytes;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Changes a sound input in the ways that decoders get wrong: flipped bits, moved lengths, cut and
/// doubled parts, parts of other inputs, and now and then plain noise.
final class Mutation {
    private static final int NOISE_SIZE_MAX = 512;
    private static final int CHANGE_COUNT_MAX = 4;
    private static final int[] EDGES = {0, 1, 2, 0x7f, 0x80, 0xfe, 0xff};

    private final RandomGenerator random;
    private final List<Bytes> seeds;

    Mutation(RandomGenerator random, List<Bytes> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    Bytes next() {
        if (random.nextInt(64) == 0) {
            byte[] noise = new byte[random.nextInt(NOISE_SIZE_MAX)];
            random.nextBytes(noise);
            return Bytes.copyOf(noise);
        }
        byte[] input = seed();
        for (int count = 1 + random.nextInt(CHANGE_COUNT_MAX); count > 0; count--) {
            input = change(input);
        }
        return Bytes.copyOf(input);
    }

    private byte[] change(byte[] input) {
        if (input.length == 0) {
            return seed();
        }
        int at = random.nextInt(input.length);
        return switch (random.nextInt(7)) {
            case 0 -> with(input, at, input[at] ^ (1 << random.nextInt(8)));
            case 1 -> with(input, at, EDGES[random.nextInt(EDGES.length)]);
            case 2 -> with(input, at, random.nextInt(256));
            case 3 -> Arrays.copyOf(input, at);
            case 4 -> replace(input, at, at, slice(input));
            case 5 -> replace(input, at, end(input, at), new byte[0]);
            default -> replace(input, at, end(input, at), slice(seed()));
        };
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size())).toArray();
    }

    private byte[] slice(byte[] from) {
        if (from.length == 0) {
            return from;
        }
        int start = random.nextInt(from.length);
        return Arrays.copyOfRange(from, start, end(from, start));
    }

    private int end(byte[] input, int start) {
        return start + 1 + random.nextInt(Math.min(32, input.length - start));
    }

    private static byte[] with(byte[] input, int at, int value) {
        byte[] changed = input.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] replace(byte[] input, int from, int to, byte[] by) {
        byte[] joined = new byte[from + by.length + input.length - to];
        System.arraycopy(input, 0, joined, 0, from);
        System.arraycopy(by, 0, joined, from, by.length);
        System.arraycopy(input, to, joined, from + by.length, input.length - to);
        return joined;
    }
}
