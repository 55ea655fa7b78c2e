package org.entente.chain.industrial;

import org.entente.light.industrial.IcbTag;
import org.entente.light.industrial.Lottery;
import org.entente.light.industrial.Rates;
import org.entente.light.industrial.Sealers;
import org.entente.protocol.Bytes;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Decoder;
import org.entente.protocol.encoding.Encoder;
import org.entente.protocol.encoding.Format;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The reputation of all members. Follows from blocks alone, in integers, so that whoever replays
/// them has the same (docs/chains/industrial.md §3).
public record Table(SortedMap<VerifyingKey, Repute> members) {
    public static final int COUNT_MAX = 256;
    public static final Format<Table> FORMAT =
            new Format<>(IcbTag.TABLE, 32 * 1024, Table::write, Table::read);

    public Table {
        members = Sorted.copyOf(members);
        if (members.isEmpty() || members.size() > COUNT_MAX) {
            throw new IllegalArgumentException("a table of " + members.size());
        }
    }

    public static Table begun(Collection<VerifyingKey> members, Rates rates) {
        TreeMap<VerifyingKey, Repute> table = new TreeMap<>();
        members.forEach(each -> table.put(each, Repute.begun(rates)));
        return new Table(table);
    }

    /// Of a member.
    public Repute of(VerifyingKey member) {
        Repute found = members.get(member);
        if (found == null) {
            throw new IllegalArgumentException("no member is " + member);
        }
        return found;
    }

    public boolean has(VerifyingKey member) {
        return members.containsKey(member);
    }

    /// Behind a block's evidence; the order is part of the rule.
    public Table with(Conduct conduct, Rates rates) {
        TreeMap<VerifyingKey, Repute> next = new TreeMap<>(members);
        change(next, conduct.equivocators(), Repute::struck);
        change(next, conduct.failed(), each -> each.lost(rates.failed(), rates));
        for (VerifyingKey sealer : conduct.sealers()) {
            boolean isThere = conduct.committed().contains(sealer);
            change(
                    next,
                    List.of(sealer),
                    each -> isThere ? each.committed(rates) : each.missed(rates));
        }
        change(next, conduct.late(), each -> each.late(rates));
        return new Table(next);
    }

    /// Behind the block of a primary.
    public Table rewarded(VerifyingKey primary, Rates rates) {
        return changed(primary, each -> each.gained(rates.primary(), rates));
    }

    public Table readmitted(VerifyingKey member) {
        return changed(member, Repute::readmitted);
    }

    /// Behind an epoch.
    ///
    /// @param alive whose heartbeats are in its blocks
    public Table epochEnded(SortedSet<VerifyingKey> alive, Rates rates) {
        TreeMap<VerifyingKey, Repute> next = new TreeMap<>();
        members.forEach((member, repute) ->
                next.put(
                        member,
                        alive.contains(member) ? repute.alive(rates) : repute.silent(rates)));
        return new Table(next);
    }

    /// Who seals in an epoch. Where too few may be drawn the others take the seats, but for the
    /// banned: those online first, then by points (docs/chains/industrial.md §4).
    ///
    /// @param seed from which the seats are drawn
    public Sealers drawn(int seats, Bytes seed, long epoch, Rates rates) {
        TreeMap<VerifyingKey, Integer> pool = new TreeMap<>();
        members.forEach((member, repute) -> {
            if (!repute.banned() && !repute.offline() && repute.points() >= rates.sealing()) {
                pool.put(member, repute.points());
            }
        });
        List<VerifyingKey> others =
                members.keySet().stream()
                        .filter(each -> !of(each).banned())
                        .sorted(
                                Comparator.<VerifyingKey>comparingInt(
                                                each -> of(each).offline() ? 1 : 0)
                                        .thenComparingInt(each -> -of(each).points())
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        return Lottery.draw(pool, others, seats, seed, epoch);
    }

    private Table changed(VerifyingKey member, UnaryOperator<Repute> change) {
        TreeMap<VerifyingKey, Repute> next = new TreeMap<>(members);
        change(next, List.of(member), change);
        return new Table(next);
    }

    private static void change(
            SortedMap<VerifyingKey, Repute> table,
            Collection<VerifyingKey> who,
            UnaryOperator<Repute> change) {
        who.forEach(each -> table.computeIfPresent(each, (_, repute) -> change.apply(repute)));
    }

    private record Row(VerifyingKey member, Repute repute) {
        private static void write(Encoder encoder, Row row) {
            Repute.write(encoder.key(row.member), row.repute);
        }

        private static Row read(Decoder decoder) {
            return new Row(decoder.key(), Repute.read(decoder));
        }
    }

    private static void write(Encoder encoder, Table table) {
        encoder.list(
                table.members.entrySet().stream()
                        .map(each -> new Row(each.getKey(), each.getValue()))
                        .toList(),
                Row::write);
    }

    private static Table read(Decoder decoder) {
        List<Row> rows = decoder.list(COUNT_MAX, Row::read);
        Sorted.requireStrictlyAscending(rows.stream().map(Row::member).toList(), "members");
        TreeMap<VerifyingKey, Repute> members = new TreeMap<>();
        rows.forEach(row -> members.put(row.member, row.repute));
        return new Table(members);
    }
}
