package org.entente.registry.http;

import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.registry.Terms;
import org.entente.registry.contract.FlowName;
import org.entente.registry.policy.Exposure;
import org.entente.registry.policy.Searches;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Who can forge and who can block, computed once for each epoch record: the search can take a
/// second of a core, and anyone may ask.
final class Exposures {
    static final int RECORD_COUNT_MAX = 4_096;

    private final ConcurrentHashMap<Digest, SortedMap<FlowName, Exposure>> known =
            new ConcurrentHashMap<>();

    /// Flows whose exposure takes too long to compute exactly are left out; none such is
    /// registered.
    SortedMap<FlowName, Exposure> of(Terms terms) {
        if (known.size() >= RECORD_COUNT_MAX) {
            known.clear();
        }
        return known.computeIfAbsent(terms.digest(), _ -> search(terms));
    }

    int size() {
        return known.size();
    }

    private static SortedMap<FlowName, Exposure> search(Terms terms) {
        Searches searches = new Searches();
        TreeMap<FlowName, Exposure> found = new TreeMap<>();
        for (FlowName flow : terms.flows().keySet()) {
            Optional<Parsed<Exposure>> exposure =
                    terms.policy(flow).map(policy -> policy.exposure(searches));
            if (exposure.isPresent() && exposure.get() instanceof Parsed.Value<Exposure>(var it)) {
                found.put(flow, it);
            }
        }
        return Sorted.copyOf(found);
    }
}
