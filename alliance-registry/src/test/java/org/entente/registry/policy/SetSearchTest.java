package org.entente.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

final class SetSearchTest {
    private static final int POLICIES = 3_000;
    private static final int ORGANISATIONS_MAX = 12;
    private static final long SEED = Long.getLong("seed", 20261121);

    @Test
    void random_policies_give_what_brute_force_over_all_subsets_gives() {
        Random random = new Random(SEED);
        System.out.println(POLICIES + " policies, seed " + SEED);
        for (int policy = 0; policy < POLICIES; policy++) {
            SortedSet<OrganisationId> all = organisations(1 + random.nextInt(ORGANISATIONS_MAX));
            List<List<Criterion>> ways = ways(all, random);
            assertThat(new Searches().smallest(all, ways).orElseThrow())
                    .as("seed %s, policy %s: %s", SEED, policy, ways)
                    .isEqualTo(bruteForce(all, ways));
        }
    }

    @Test
    void sixty_four_equal_organisations_are_counted_exactly() {
        SortedSet<OrganisationId> all = organisations(64);
        SortedMap<OrganisationId, Long> equal = weights(all, _ -> 1L);
        SmallestSets sets =
                new Searches()
                        .smallest(
                                all,
                                List.of(
                                        List.of(
                                                Criterion.moreThan(equal, 32),
                                                Criterion.moreThan(equal, 32)),
                                        List.of(Criterion.everyOne(all))))
                        .orElseThrow();
        assertThat(sets.size()).isEqualTo(33);
        // 64 over 33
        assertThat(sets.count()).isEqualTo(1_777_090_076_065_542_336L);
        assertThat(sets.first()).hasSize(SmallestSets.SHOWN_MAX);
    }

    @Test
    void
            sixty_four_organisations_of_uneven_weights_are_counted_or_given_up_when_no_state_is_left() {
        Random random = new Random(SEED);
        SortedSet<OrganisationId> all = organisations(64);
        for (long most : List.of(3L, 10L, 1_000L, 1_000_000L)) {
            SortedMap<OrganisationId, Long> one = weights(all, _ -> 1 + random.nextLong(most));
            SortedMap<OrganisationId, Long> other = weights(all, _ -> 1 + random.nextLong(most));
            Searches searches = new Searches();
            var sets =
                    searches.smallest(
                            all,
                            List.of(
                                    List.of(
                                            Criterion.moreThan(one, total(one) / 2),
                                            Criterion.moreThan(other, total(other) / 2))));
            int visited = Searches.STATE_COUNT_MAX - searches.left();
            System.out.println("64 organisations, weights to " + most + ": " + visited + " states");
            assertThat(visited).isBetween(all.size(), Searches.STATE_COUNT_MAX);
            assertThat(sets.isPresent()).isEqualTo(visited < Searches.STATE_COUNT_MAX);
        }
    }

    /// What most alliances are: weights of any size are no obstacle.
    @Test
    void twenty_four_organisations_of_any_weights_are_counted_exactly() {
        Random random = new Random(SEED);
        SortedSet<OrganisationId> all = organisations(24);
        for (int policy = 0; policy < 20; policy++) {
            SortedMap<OrganisationId, Long> one = weights(all, _ -> 1 + random.nextLong(1_000_000));
            SortedMap<OrganisationId, Long> other =
                    weights(all, _ -> 1 + random.nextLong(1_000_000));
            assertThat(
                            new Searches()
                                    .smallest(
                                            all,
                                            List.of(
                                                    List.of(
                                                            Criterion.moreThan(one, total(one) / 2),
                                                            Criterion.moreThan(
                                                                    other, total(other) / 2)))))
                    .isPresent();
        }
    }

    @Test
    void equal_searches_are_made_once_and_all_together_visit_no_more_states_than_allowed() {
        SortedSet<OrganisationId> all = organisations(16);
        Random random = new Random(SEED);
        List<List<Criterion>> one = uneven(all, random);
        List<List<Criterion>> other = uneven(all, random);
        Searches measure = new Searches();
        measure.smallest(all, one);
        int enough = Searches.STATE_COUNT_MAX - measure.left();
        assertThat(enough).isPositive();

        Searches searches = new Searches(enough);
        assertThat(searches.smallest(all, one)).isPresent();
        assertThat(searches.left()).isZero();
        assertThat(searches.smallest(all, one)).isPresent();
        assertThat(searches.smallest(all, other)).isEmpty();
        assertThat(new Searches(enough - 1).smallest(all, one)).isEmpty();
    }

    private static List<List<Criterion>> uneven(SortedSet<OrganisationId> all, Random random) {
        SortedMap<OrganisationId, Long> weights = weights(all, _ -> 1 + random.nextLong(1_000_000));
        return List.of(List.of(Criterion.moreThan(weights, total(weights) / 2)));
    }

    private static SmallestSets bruteForce(
            SortedSet<OrganisationId> all, List<List<Criterion>> ways) {
        List<OrganisationId> list = List.copyOf(all);
        int smallest = 0;
        List<SortedSet<OrganisationId>> found = found(list, smallest, ways);
        while (found.isEmpty() && smallest <= list.size()) {
            smallest++;
            found = found(list, smallest, ways);
        }
        found.sort((one, other) -> compare(List.copyOf(one), List.copyOf(other)));
        return new SmallestSets(
                smallest,
                found.size(),
                found.subList(0, Math.min(found.size(), SmallestSets.SHOWN_MAX)));
    }

    /// All sets of a size that hold in one of the ways.
    private static List<SortedSet<OrganisationId>> found(
            List<OrganisationId> list, int size, List<List<Criterion>> ways) {
        List<SortedSet<OrganisationId>> found = new ArrayList<>();
        for (int bits = 0; bits < 1 << list.size(); bits++) {
            if (Integer.bitCount(bits) == size) {
                TreeSet<OrganisationId> set = new TreeSet<>();
                for (int index = 0; index < list.size(); index++) {
                    if (((bits >> index) & 1) == 1) {
                        set.add(list.get(index));
                    }
                }
                if (ways.stream().anyMatch(way -> way.stream().allMatch(it -> it.isMetBy(set)))) {
                    found.add(set);
                }
            }
        }
        return found;
    }

    private static int compare(List<OrganisationId> one, List<OrganisationId> other) {
        for (int index = 0; index < one.size(); index++) {
            int order = one.get(index).compareTo(other.get(index));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<List<Criterion>> ways(SortedSet<OrganisationId> all, Random random) {
        List<List<Criterion>> ways = new ArrayList<>();
        for (int way = random.nextInt(4); way >= 0; way--) {
            List<Criterion> criteria = new ArrayList<>();
            for (int criterion = random.nextInt(3); criterion >= 0; criterion--) {
                int most = 1 + random.nextInt(9);
                SortedMap<OrganisationId, Long> weights =
                        weights(all, _ -> (long) random.nextInt(most + 1));
                long total = total(weights);
                criteria.add(
                        switch (random.nextInt(3)) {
                            case 0 -> Criterion.moreThan(weights, total / 2);
                            case 1 -> Criterion.leavingAtMost(weights, total / 2);
                            default -> Criterion.everyOne(some(all, random));
                        });
            }
            ways.add(criteria);
        }
        return ways;
    }

    private static SortedSet<OrganisationId> some(SortedSet<OrganisationId> all, Random random) {
        TreeSet<OrganisationId> some = new TreeSet<>(all);
        some.removeIf(_ -> random.nextBoolean());
        some.add(all.first());
        return some;
    }

    private static long total(SortedMap<OrganisationId, Long> weights) {
        return weights.values().stream().mapToLong(Long::longValue).sum();
    }

    private static SortedMap<OrganisationId, Long> weights(
            SortedSet<OrganisationId> all,
            java.util.function.Function<OrganisationId, Long> weight) {
        TreeMap<OrganisationId, Long> weights = new TreeMap<>();
        all.forEach(organisation -> weights.put(organisation, weight.apply(organisation)));
        return weights;
    }

    private static SortedSet<OrganisationId> organisations(int count) {
        TreeSet<OrganisationId> all = new TreeSet<>();
        for (int index = 0; index < count; index++) {
            all.add(new OrganisationId("o%02d.example".formatted(index)));
        }
        return Sorted.copyOf(all);
    }
}
