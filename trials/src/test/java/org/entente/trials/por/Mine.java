package org.entente.trials.por;

import org.entente.light.por.BlockHeader;
import org.entente.light.por.Difficulty;
import org.entente.light.por.Work;
import org.entente.protocol.Digest;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Work that is played: who found a header after waiting as long as its target asks for has done
/// it. A block is sound only for whoever finds that its creator owed no more than it paid, so all
/// nodes have to work out the same targets.
final class Mine implements Work {
    private static final double HASHES = Math.pow(2, 256);

    private record Owed(Difficulty difficulty, List<Integer> distances) {}

    /// What a target is never changes, so all worlds share what they worked out.
    private static final Map<Owed, BigInteger> TARGETS = new ConcurrentHashMap<>();

    private final Map<Digest, BigInteger> paid = new HashMap<>();
    private long nonces;

    @Override
    public BigInteger target(Difficulty difficulty, Collection<Integer> distances) {
        return TARGETS.computeIfAbsent(
                new Owed(difficulty, List.copyOf(distances)),
                owed -> owed.difficulty.target(owed.distances));
    }

    @Override
    public boolean isDone(
            BlockHeader header, Difficulty difficulty, Collection<Integer> distances) {
        BigInteger target = paid.get(header.hash());
        return target != null && target.compareTo(target(difficulty, distances)) <= 0;
    }

    /// How many hashes it takes in the mean.
    static double hashes(BigInteger target) {
        return HASHES / target.doubleValue();
    }

    long nonce() {
        return nonces++ & 0xffff_ffffL;
    }

    void pay(BlockHeader header, BigInteger target) {
        paid.put(header.hash(), target);
    }
}
