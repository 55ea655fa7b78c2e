package org.entente.trials.simulation;

import org.entente.protocol.NodeId;
import org.entente.registry.fixture.Member;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a seed decides before anything happens.
///
/// @param corrupt whose agents lie and how: fewer than could block an alliance of the others
record Plan(
        long seed,
        Signing signing,
        Treaty treaty,
        SortedMap<NodeId, Corruption> corrupt,
        RelayLie relayLie,
        Defect defect,
        Hardship hardship,
        int exchanges) {
    /// How much goes wrong.
    enum Hardship {
        NONE,
        USUAL
    }

    private static final int EXCHANGE_COUNT_MIN = 20;
    private static final int EXCHANGE_COUNT_MAX = 60;
    private static final int GENUINE_EVERY = 40;

    static Plan of(long seed) {
        return of(seed, Defect.NONE);
    }

    static Plan of(long seed, Defect defect) {
        Chance chance = new Chance(seed);
        Signing signing = seed % GENUINE_EVERY == 0 ? Signing.GENUINE : Signing.PLAYED;
        Cast cast = Cast.of(signing);
        List<Member> members = chance.in(0.5) ? cast.members() : cast.members().subList(0, 3);
        TreeMap<org.entente.protocol.OrganisationId, Long> weights = new TreeMap<>();
        members.forEach(each -> weights.put(each.id(), (long) (1 + chance.below(3))));
        fair(weights);
        Treaty treaty =
                new Treaty(
                        cast,
                        weights,
                        1,
                        chance.one(List.of(Treaty.ReadCheck.values())),
                        chance.in(0.3) ? "30s" : "10m",
                        List.of());
        RelayLie lie = chance.in(0.2) ? chance.one(List.of(RelayLie.values())) : RelayLie.NONE;
        return new Plan(
                seed,
                signing,
                treaty,
                chance.in(0.6) ? corrupt(members, weights, chance) : new TreeMap<>(),
                lie,
                defect,
                chance.in(0.1) ? Hardship.NONE : Hardship.USUAL,
                EXCHANGE_COUNT_MIN + chance.below(EXCHANGE_COUNT_MAX - EXCHANGE_COUNT_MIN));
    }

    /// Nobody alone may be able to forge: nobody has half of the weight.
    private static void fair(TreeMap<org.entente.protocol.OrganisationId, Long> weights) {
        long total = weights.values().stream().mapToLong(Long::longValue).sum();
        if (weights.values().stream().anyMatch(each -> 2 * each >= total)) {
            weights.replaceAll((_, _) -> 1L);
        }
    }

    /// As many as leave an honest majority.
    private static SortedMap<NodeId, Corruption> corrupt(
            List<Member> members,
            SortedMap<org.entente.protocol.OrganisationId, Long> weights,
            Chance chance) {
        long total = weights.values().stream().mapToLong(Long::longValue).sum();
        List<Member> order = new ArrayList<>(members);
        Collections.shuffle(order, new java.util.Random(chance.number()));
        TreeMap<NodeId, Corruption> corrupt = new TreeMap<>();
        long honest = total;
        for (Member member : order) {
            long weight = Optional.ofNullable(weights.get(member.id())).orElse(0L);
            if (2 * (honest - weight) > total) {
                honest -= weight;
                corrupt.put(member.agent(), chance.one(List.of(Corruption.values())));
            }
        }
        return corrupt;
    }

    boolean isHonest(NodeId agent) {
        return !corrupt.containsKey(agent);
    }

    @Override
    public String toString() {
        return "seed %d: %s, weights %s, reads %s, deliver within %s, corrupt %s, relay %s, defect %s, hardship %s, %d exchanges"
                .formatted(
                        seed,
                        signing,
                        treaty.weights(),
                        treaty.readCheck(),
                        treaty.deliverWithin(),
                        corrupt,
                        relayLie,
                        defect,
                        hardship,
                        exchanges);
    }
}
