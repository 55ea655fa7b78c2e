package org.entente.registry.policy;

import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds and counts, exactly, the smallest sets of organisations that meet all criteria of one of
/// several ways.
///
/// Organisations are decided one after the other; what is still needed is the state, and equal
/// states are counted once. A way that even the heaviest of the remaining organisations cannot
/// complete is dropped from the state, a criterion that even the lightest meet is done. With equal
/// weights the states are as many as the organisations; with adversarial ones they grow, and when
/// [Searches] has none left the search gives up instead of answering inexactly.
final class SetSearch {
    static final int ORGANISATION_COUNT_MAX = 64;
    private static final long UNREACHABLE = -1;

    private final List<OrganisationId> organisations;
    private final List<List<Integer>> ways = new ArrayList<>();
    private final List<Criterion> criteria = new ArrayList<>();
    private final long[][] weights;
    private final long[][][] heaviest;
    private final long[][][] lightest;
    private final long[][] choose = binomials();

    /// How many sets each state leads to: index, how many are left to take, what is needed.
    private final TreeMap<long[], Long> counted = new TreeMap<>(Arrays::compare);

    private final Searches budget;
    private boolean tooIntricate;

    private SetSearch(
            SortedSet<OrganisationId> organisations, List<List<Criterion>> ways, Searches budget) {
        this.budget = budget;
        this.organisations = List.copyOf(organisations);
        for (List<Criterion> way : ways) {
            List<Integer> indices = new ArrayList<>();
            for (Criterion criterion : way) {
                indices.add(criteria.size());
                criteria.add(criterion);
            }
            this.ways.add(indices);
        }
        int count = this.organisations.size();
        weights = new long[criteria.size()][count];
        heaviest = new long[criteria.size()][count + 1][];
        lightest = new long[criteria.size()][count + 1][];
        for (int criterion = 0; criterion < criteria.size(); criterion++) {
            for (int index = 0; index < count; index++) {
                weights[criterion][index] =
                        criteria.get(criterion).weight(this.organisations.get(index));
            }
            for (int index = 0; index <= count; index++) {
                sums(criterion, index);
            }
        }
    }

    /// Empty when the weights are too intricate to be counted exactly with the states that are
    /// left.
    static Optional<SmallestSets> smallest(
            SortedSet<OrganisationId> organisations, List<List<Criterion>> ways, Searches budget) {
        if (organisations.size() > ORGANISATION_COUNT_MAX) {
            return Optional.empty();
        }
        return new SetSearch(organisations, ways, budget).run();
    }

    private Optional<SmallestSets> run() {
        long[] needed = criteria.stream().mapToLong(Criterion::needed).toArray();
        for (int size = 0; size <= organisations.size(); size++) {
            counted.clear();
            long count = count(0, size, needed);
            if (tooIntricate) {
                return Optional.empty();
            }
            if (count > 0) {
                List<SortedSet<OrganisationId>> first = new ArrayList<>();
                list(0, size, needed, new TreeSet<>(), first);
                return tooIntricate
                        ? Optional.empty()
                        : Optional.of(new SmallestSets(size, count, first));
            }
        }
        return Optional.of(new SmallestSets(organisations.size() + 1, 0, List.of()));
    }

    private long count(int index, int left, long[] needed) {
        if (left > organisations.size() - index) {
            return 0;
        }
        long[] state = reduce(index, left, needed);
        boolean dead = true;
        for (List<Integer> way : ways) {
            if (way.stream().allMatch(criterion -> state[criterion] == 0)) {
                return choose[organisations.size() - index][left];
            }
            dead &= way.stream().anyMatch(criterion -> state[criterion] == UNREACHABLE);
        }
        if (dead || tooIntricate) {
            return 0;
        }
        long[] key = key(index, left, state);
        Long known = counted.get(key);
        if (known != null) {
            return known;
        }
        if (!budget.visit()) {
            tooIntricate = true;
            return 0;
        }
        long count =
                (left > 0 ? count(index + 1, left - 1, taken(index, state)) : 0)
                        + count(index + 1, left, state);
        counted.put(key, count);
        return count;
    }

    private static long[] key(int index, int left, long[] state) {
        long[] key = new long[state.length + 2];
        key[0] = index;
        key[1] = left;
        System.arraycopy(state, 0, key, 2, state.length);
        return key;
    }

    /// Depth first, taking before leaving, so that the sets come in order; a branch without sets is
    /// not entered.
    private void list(
            int index,
            int left,
            long[] needed,
            SortedSet<OrganisationId> taken,
            Collection<SortedSet<OrganisationId>> found) {
        if (found.size() == SmallestSets.SHOWN_MAX || count(index, left, needed) == 0) {
            return;
        }
        if (left == 0) {
            found.add(Sorted.copyOf(taken));
            return;
        }
        OrganisationId organisation = organisations.get(index);
        taken.add(organisation);
        list(index + 1, left - 1, taken(index, needed), taken, found);
        taken.remove(organisation);
        list(index + 1, left, needed, taken, found);
    }

    private long[] taken(int index, long[] needed) {
        long[] next = needed.clone();
        for (int criterion = 0; criterion < next.length; criterion++) {
            if (next[criterion] > 0) {
                next[criterion] = Math.max(0, next[criterion] - weights[criterion][index]);
            }
        }
        return next;
    }

    /// Brings states that can only end alike into one form.
    private long[] reduce(int index, int left, long[] needed) {
        long[] state = needed.clone();
        for (int criterion = 0; criterion < state.length; criterion++) {
            if (state[criterion] > 0 && state[criterion] <= lightest[criterion][index][left]) {
                state[criterion] = 0;
            }
        }
        for (List<Integer> way : ways) {
            boolean unreachable =
                    way.stream()
                            .anyMatch(criterion ->
                                    state[criterion] == UNREACHABLE
                                            || state[criterion] > heaviest[criterion][index][left]);
            if (unreachable) {
                way.forEach(criterion -> state[criterion] = UNREACHABLE);
            }
        }
        return state;
    }

    /// The sums of the k heaviest and of the k lightest weights from an index on, for each k.
    private void sums(int criterion, int index) {
        long[] sorted = Arrays.copyOfRange(weights[criterion], index, weights[criterion].length);
        Arrays.sort(sorted);
        long[] light = new long[sorted.length + 1];
        long[] heavy = new long[sorted.length + 1];
        for (int count = 1; count <= sorted.length; count++) {
            light[count] = light[count - 1] + sorted[count - 1];
            heavy[count] = heavy[count - 1] + sorted[sorted.length - count];
        }
        lightest[criterion][index] = light;
        heaviest[criterion][index] = heavy;
    }

    /// The greatest, 64 over 32, is below 2⁶³.
    private static long[][] binomials() {
        long[][] rows = new long[ORGANISATION_COUNT_MAX + 1][ORGANISATION_COUNT_MAX + 1];
        for (int n = 0; n <= ORGANISATION_COUNT_MAX; n++) {
            rows[n][0] = 1;
            for (int k = 1; k <= n; k++) {
                rows[n][k] = rows[n - 1][k - 1] + rows[n - 1][k];
            }
        }
        return rows;
    }
}
