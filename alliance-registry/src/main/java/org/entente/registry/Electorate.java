package org.entente.registry;

import org.entente.certs.Verifier;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.registry.contract.Threshold;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whose approval a proposal needs (protocol.md §2.4, §2.7, §3).
///
/// @param keys everyone who may approve, with the key that counts
/// @param weights of the agents that count; a struck key is left out
/// @param total the weight of all agents, silent and struck ones included
/// @param thresholds all of which the weight must pass; none for a founding
/// @param consenting organisations of which at least one agent, or the root key, must approve
/// @param required approvers that no weight replaces
/// @param recovering all of them together replace weight and consent; none: no recovery
public record Electorate(
        SortedMap<Approver, VerifyingKey> keys,
        SortedMap<NodeId, Long> weights,
        long total,
        List<Threshold> thresholds,
        SortedSet<OrganisationId> consenting,
        SortedSet<Approver> required,
        SortedSet<Approver> recovering) {
    public Electorate {
        keys = Sorted.copyOf(keys);
        weights = Sorted.copyOf(weights);
        thresholds = List.copyOf(thresholds);
        consenting = Sorted.copyOf(consenting);
        required = Sorted.copyOf(required);
        recovering = Sorted.copyOf(recovering);
    }

    /// Whether one approval may be counted.
    public Verdict admits(Approval approval, Digest subject, Verifier verifier) {
        return Signatures.check(keys, approval, subject, verifier);
    }

    /// Whether those who approved are enough. Their signatures were admitted before.
    public Verdict isPassedBy(Collection<Approver> approved) {
        SortedSet<Approver> missing = new TreeSet<>(required);
        missing.removeAll(approved);
        if (!missing.isEmpty()) {
            return Verdict.rejected(Fault.UNSIGNED, missing.first().words() + " has not signed");
        }
        boolean recovered = !recovering.isEmpty() && approved.containsAll(recovering);
        return recovered ? Verdict.accepted() : isPassedByAgents(approved);
    }

    private Verdict isPassedByAgents(Collection<Approver> approved) {
        long weight = 0;
        SortedSet<OrganisationId> consented = new TreeSet<>();
        for (Approver approver : approved) {
            switch (approver) {
                case Approver.Node(NodeId node) when weights.containsKey(node) -> {
                    weight += weights.getOrDefault(node, 0L);
                    consented.add(node.organisation());
                }
                case Approver.Root(OrganisationId organisation) -> consented.add(organisation);
                case Approver.Node _, Approver.Issuer _, Approver.Recovering _ -> {}
            }
        }
        for (Threshold threshold : thresholds) {
            if (!threshold.isPassedBy(weight, total)) {
                return Verdict.rejected(
                        Fault.WEIGHT_TOO_LOW,
                        weight
                                + " of "
                                + total
                                + ", more than "
                                + threshold.bound(total)
                                + " needed");
            }
        }
        SortedSet<OrganisationId> silent = new TreeSet<>(consenting);
        silent.removeAll(consented);
        return silent.isEmpty()
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.UNSIGNED,
                        "no agent of " + silent.first() + ", whose resources are touched, signed");
    }
}
