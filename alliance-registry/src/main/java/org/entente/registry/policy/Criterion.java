package org.entente.registry.policy;

import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;

import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// One thing that a set of organisations may have: weights that together reach what is needed.
public record Criterion(SortedMap<OrganisationId, Long> weights, long needed) {
    public Criterion {
        weights = Sorted.copyOf(weights);
    }

    /// Being all of these.
    static Criterion everyOne(Collection<OrganisationId> organisations) {
        TreeMap<OrganisationId, Long> weights = new TreeMap<>();
        organisations.forEach(organisation -> weights.put(organisation, 1L));
        return new Criterion(weights, weights.size());
    }

    /// Having more than the bound.
    static Criterion moreThan(SortedMap<OrganisationId, Long> weights, long bound) {
        return new Criterion(weights, bound + 1);
    }

    /// Having so much that those outside the set cannot exceed the bound.
    static Criterion leavingAtMost(SortedMap<OrganisationId, Long> weights, long bound) {
        long total = weights.values().stream().mapToLong(Long::longValue).sum();
        return new Criterion(weights, total - bound);
    }

    long weight(OrganisationId organisation) {
        return weights.getOrDefault(organisation, 0L);
    }

    public boolean isMetBy(SortedSet<OrganisationId> organisations) {
        return organisations.stream().mapToLong(this::weight).sum() >= needed;
    }
}
