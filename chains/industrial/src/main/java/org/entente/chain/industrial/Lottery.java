package org.entente.chain.industrial;

import org.entente.light.industrial.Sealers;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
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

    public static Sealers draw(Table table, int seats, Bytes seed, long epoch, Rates rates) {
        TreeMap<VerifyingKey, Integer> pool = new TreeMap<>();
        table.members()
                .forEach((member, repute) -> {
                    if (!repute.banned()
                            && !repute.offline()
                            && repute.points() >= rates.sealing()) {
                        pool.put(member, repute.points());
                    }
                });
        TreeSet<VerifyingKey> drawn = new TreeSet<>();
        for (int seat = 0; seat < seats && !pool.isEmpty(); seat++) {
            VerifyingKey next = one(pool, number(seed, seat));
            pool.remove(next);
            drawn.add(next);
        }
        fill(drawn, table, seats);
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

    /// Where too few may be drawn the others are taken, but for the banned: those online first,
    /// then by points.
    private static void fill(SortedSet<VerifyingKey> drawn, Table table, int seats) {
        List<VerifyingKey> others =
                table.members().keySet().stream()
                        .filter(each -> !table.of(each).banned() && !drawn.contains(each))
                        .sorted(
                                Comparator.<VerifyingKey>comparingInt(
                                                each -> table.of(each).offline() ? 1 : 0)
                                        .thenComparingInt(each -> -table.of(each).points())
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        drawn.addAll(others.subList(0, Math.min(others.size(), seats - drawn.size())));
    }
}
