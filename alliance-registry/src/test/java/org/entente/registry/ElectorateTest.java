package org.entente.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.registry.contract.Threshold;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

final class ElectorateTest {
    private static final int AGENTS = 4;
    private static final int WEIGHT_MAX = 3;

    /// Every combination of weights 1 to 3 of four agents, every set of approvers.
    @Test
    void more_than_half_of_the_weight_passes_and_exactly_half_does_not() {
        int exactlyHalf = 0;
        for (int weights = 0; weights < Math.pow(WEIGHT_MAX, AGENTS); weights++) {
            SortedMap<NodeId, Long> agents = agents(weights);
            long total = agents.values().stream().mapToLong(Long::longValue).sum();
            for (int set = 0; set < 1 << AGENTS; set++) {
                List<Approver> approvers = new ArrayList<>();
                long weight = 0;
                int index = 0;
                for (var agent : agents.entrySet()) {
                    if (((set >> index++) & 1) == 1) {
                        approvers.add(new Approver.Node(agent.getKey()));
                        weight += agent.getValue();
                    }
                }
                exactlyHalf += 2 * weight == total ? 1 : 0;
                assertThat(electorate(agents, total).isPassedBy(approvers).isAccepted())
                        .as("%s of %s", weight, total)
                        .isEqualTo(2 * weight > total);
            }
        }
        assertThat(exactlyHalf).isPositive();
    }

    @Test
    void a_struck_key_counts_zero_and_stays_in_the_total() {
        SortedMap<NodeId, Long> agents = agents(0);
        NodeId struck = agents.firstKey();
        TreeMap<NodeId, Long> counting = new TreeMap<>(agents);
        counting.remove(struck);
        Electorate electorate = electorate(counting, AGENTS);
        List<Approver> all =
                agents.keySet().stream().map(id -> (Approver) new Approver.Node(id)).toList();
        assertThat(electorate.isPassedBy(all).isAccepted()).isTrue();
        assertThat(electorate.isPassedBy(all.subList(0, 3)))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        why -> assertThat(why.fault()).isEqualTo(Fault.WEIGHT_TOO_LOW));
    }

    private static Electorate electorate(SortedMap<NodeId, Long> agents, long total) {
        return new Electorate(
                Sorted.empty(),
                agents,
                total,
                List.of(Threshold.half()),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    private static SortedMap<NodeId, Long> agents(int weights) {
        TreeMap<NodeId, Long> agents = new TreeMap<>();
        int rest = weights;
        for (int index = 0; index < AGENTS; index++) {
            agents.put(
                    new NodeId(new OrganisationId("o" + index + ".example"), new Name("agent")),
                    (rest % WEIGHT_MAX) + 1L);
            rest /= WEIGHT_MAX;
        }
        return agents;
    }
}
