package org.entente.chain.industrial;

import org.entente.light.industrial.Sealers;
import org.entente.protocol.VerifyingKey;

import java.util.List;

/// Whose turn is when: the sealers of an epoch, of whom those that blocks show to be offline do not
/// propose. Without that, a dead sealer costs a view change in every round
/// (docs/chains/industrial.md §4).
///
/// @param proposing ascending; all sealers where none is online
public record Roster(Sealers sealers, List<VerifyingKey> proposing) {
    public Roster {
        proposing = List.copyOf(proposing);
    }

    public static Roster of(Sealers sealers, Table table) {
        List<VerifyingKey> all = List.copyOf(sealers.keys());
        List<VerifyingKey> online = all.stream().filter(each -> !table.of(each).offline()).toList();
        return new Roster(sealers, online.isEmpty() ? all : online);
    }

    public VerifyingKey primary(long height, int view) {
        return proposing.get((int) ((height + view) % proposing.size()));
    }
}
