package org.entente.registry.policy;

import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;

import java.util.List;
import java.util.SortedSet;

/// The smallest sets of organisations that can do something.
///
/// @param size how many organisations each has; one more than there are when no set can
/// @param count how many such sets there are
/// @param first the first of them in order, at most [#SHOWN_MAX]
public record SmallestSets(int size, long count, List<SortedSet<OrganisationId>> first) {
    public static final int SHOWN_MAX = 16;

    public SmallestSets {
        first = first.stream().map(Sorted::copyOf).toList();
    }
}
