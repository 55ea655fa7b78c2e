package org.entente.registry.policy;

import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.NodeContract;
import org.entente.registry.contract.Threshold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The ways in which sets of organisations could forge or block a flow's exchanges.
///
/// Forging: endorsing and sealing alone; or amending the alliance by weight alone, because an inbox
/// sees weight and not whose resources are touched; or holding every recovery key. Blocking:
/// leaving the others without endorsement, seal, host, deliverer or observers. A chain's owner can
/// always pause its own flows; that brake is meant and not counted here.
public record Policy(
        SortedSet<OrganisationId> organisations,
        List<List<Criterion>> forging,
        List<List<Criterion>> blocking) {

    /// @param amendmentBound the weight that an amendment must exceed
    public static Policy of(
            AllianceContract contract, NodeContract nodeContract, long amendmentBound) {
        SortedMap<OrganisationId, Long> seals = byOrganisation(contract.agents());
        SortedMap<OrganisationId, Long> endorsers = byOrganisation(nodeContract.endorsers());
        SortedMap<OrganisationId, Long> observers = byOrganisation(nodeContract.observers());
        long sealBound = half(contract.agents());
        long endorsementBound = nodeContract.threshold().bound(nodeContract.totalWeight());
        List<List<Criterion>> forging = new ArrayList<>();
        forging.add(
                List.of(
                        Criterion.moreThan(endorsers, endorsementBound),
                        Criterion.moreThan(seals, sealBound)));
        forging.add(List.of(Criterion.moreThan(seals, amendmentBound)));
        if (!contract.recovery().keys().isEmpty()) {
            forging.add(List.of(Criterion.everyOne(contract.recovery().keys().keySet())));
        }
        Collection<NodeId> deliverers =
                nodeContract.deliverers().isEmpty()
                        ? contract.agents().keySet()
                        : nodeContract.deliverers();
        List<List<Criterion>> blocking =
                List.of(
                        List.of(Criterion.leavingAtMost(endorsers, endorsementBound)),
                        List.of(Criterion.leavingAtMost(seals, sealBound)),
                        List.of(Criterion.everyOne(organisations(nodeContract.hosts()))),
                        List.of(Criterion.everyOne(organisations(deliverers))),
                        List.of(
                                Criterion.leavingAtMost(
                                        observers, half(nodeContract.observers()))));
        SortedSet<OrganisationId> all = new TreeSet<>(contract.parties());
        all.addAll(endorsers.keySet());
        all.addAll(observers.keySet());
        all.addAll(organisations(nodeContract.hosts()));
        all.addAll(organisations(deliverers));
        return new Policy(Sorted.copyOf(all), List.copyOf(forging), blocking);
    }

    public Parsed<Exposure> exposure(Searches searches) {
        Optional<SmallestSets> forge = searches.smallest(organisations, forging);
        Optional<SmallestSets> block = searches.smallest(organisations, blocking);
        return forge.isPresent() && block.isPresent()
                ? Parsed.of(new Exposure(forge.get(), block.get()))
                : Parsed.refused(
                        Fault.POLICY_TOO_INTRICATE,
                        "the weights of all flows together make more than "
                                + Searches.STATE_COUNT_MAX
                                + " different cases");
    }

    /// Refuses what one organisation alone could forge, unless the flow says that this is meant.
    public Verdict check(Flow flow, Searches searches) {
        return switch (exposure(searches)) {
            case Parsed.Refused<Exposure>(Verdict.Rejected why) -> why;
            case Parsed.Value<Exposure>(Exposure it)
                    when it.forging().size() <= 1 && !flow.has(Flow.Option.SOLE_AUTHORITY) ->
                    Verdict.rejected(
                            Fault.FORGEABLE,
                            "in the flow "
                                    + flow.name()
                                    + " one alone could forge: "
                                    + it.forging().first());
            case Parsed.Value<Exposure> _ -> Verdict.accepted();
        };
    }

    private static long half(SortedMap<NodeId, Long> weights) {
        return Threshold.half().bound(weights.values().stream().mapToLong(Long::longValue).sum());
    }

    private static SortedSet<OrganisationId> organisations(Collection<NodeId> nodes) {
        return Sorted.copyOf(nodes.stream().map(NodeId::organisation).toList());
    }

    private static SortedMap<OrganisationId, Long> byOrganisation(SortedMap<NodeId, Long> nodes) {
        TreeMap<OrganisationId, Long> sums = new TreeMap<>();
        nodes.forEach((node, weight) -> sums.merge(node.organisation(), weight, Long::sum));
        return Sorted.copyOf(sums);
    }
}
