package org.entente.light.industrial;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who seals in an epoch: drawn by reputation, without replacement (docs/chains/industrial.md §4).
/// Whoever has most is not always in, whoever has little not never.
public final class Lottery {
    private Lottery() {}

    /// The usual seats of so many members: 3f+1 with f a sixth of them, at least 1.
    public static int seats(int members) {
        int faulty = Math.max(1, (members - 1) / 6);
        int most = Math.max(1, (members - 1) / 3);
        return Math.min(members, 3 * Math.min(faulty, most) + 1);
    }

    /// Of epoch 0: all begin alike, so whoever has the genesis draws for itself.
    ///
    /// @param genesis its digest
    public static Sealers first(
            Collection<VerifyingKey> members, Settings settings, Digest genesis) {
        Rates rates = settings.rates();
        TreeMap<VerifyingKey, Integer> pool = new TreeMap<>();
        if (rates.begin() >= rates.sealing()) {
            members.forEach(each -> pool.put(each, rates.begin()));
        }
        List<VerifyingKey> all = members.stream().sorted().toList();
        return draw(pool, all, settings.seats(), genesis.bytes(), 0);
    }

    /// @param pool the points of those who may be drawn
    /// @param others who takes the seats that stay empty, the first first
    public static Sealers draw(
            SortedMap<VerifyingKey, Integer> pool,
            List<VerifyingKey> others,
            int seats,
            Bytes seed,
            long epoch) {
        TreeMap<VerifyingKey, Integer> left = new TreeMap<>(pool);
        TreeSet<VerifyingKey> drawn = new TreeSet<>();
        for (int seat = 0; seat < seats && !left.isEmpty(); seat++) {
            VerifyingKey next = one(left, number(seed, seat));
            left.remove(next);
            drawn.add(next);
        }
        for (VerifyingKey each : others) {
            if (drawn.size() < seats) {
                drawn.add(each);
            }
        }
        return new Sealers(epoch, drawn);
    }

    private static BigInteger number(Bytes seed, int seat) {
        Bytes place = Bytes.copyOf(ByteBuffer.allocate(Integer.BYTES).putInt(seat).array());
        return new BigInteger(1, Digest.of(seed.concat(place)).bytes().toArray());
    }

    private static VerifyingKey one(SortedMap<VerifyingKey, Integer> pool, BigInteger number) {
        long sum = pool.values().stream().mapToLong(Integer::longValue).sum();
        // Where nobody has any points nobody is preferred.
        long left = sum == 0 ? 0 : number.mod(BigInteger.valueOf(sum)).longValueExact();
        for (Map.Entry<VerifyingKey, Integer> each : pool.entrySet()) {
            if (left < each.getValue()) {
                return each.getKey();
            }
            left -= each.getValue();
        }
        return pool.firstKey();
    }
}
