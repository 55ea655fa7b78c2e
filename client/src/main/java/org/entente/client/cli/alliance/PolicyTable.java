package org.entente.client.cli.alliance;

import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Table;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;
import org.entente.registry.policy.Exposure;
import org.entente.registry.policy.Policy;
import org.entente.registry.policy.Searches;
import org.entente.registry.policy.SmallestSets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// Who can forge and who can block each flow, and whether that is allowed (protocol.md §4.3).
final class PolicyTable {
    private final Table table =
            new Table("FLOW", "CAN FORGE TOGETHER", "CAN BLOCK TOGETHER", "VERDICT");
    private final List<Fields> json = new ArrayList<>();
    private final Searches searches = new Searches();
    private Optional<Verdict.Rejected> refusal = Optional.empty();

    void add(FlowName name, Flow flow, Policy policy) {
        Verdict verdict = policy.check(flow, searches);
        Fields fields = Fields.of("flow", name);
        String forge = "?";
        String block = "?";
        if (policy.exposure(searches) instanceof Parsed.Value<Exposure>(Exposure exposure)) {
            forge = words(exposure.forging(), policy);
            block = words(exposure.blocking(), policy);
            fields.and("forging", sets(exposure.forging(), policy))
                    .and("blocking", sets(exposure.blocking(), policy));
        }
        add(name, fields, List.of(forge, block), verdict);
    }

    void add(FlowName name, Verdict.Rejected why) {
        add(name, Fields.of("flow", name), List.of("-", "-"), why);
    }

    private void add(FlowName name, Fields fields, List<String> sets, Verdict verdict) {
        String words =
                switch (verdict) {
                    case Verdict.Accepted _ -> "ok";
                    case Verdict.Rejected why -> "refused: " + why.fault();
                };
        table.row(name, sets.getFirst(), sets.getLast(), words);
        json.add(fields.and("verdict", words));
        if (refusal.isEmpty() && verdict instanceof Verdict.Rejected why) {
            refusal = Optional.of(why);
        }
    }

    List<String> lines() {
        return table.lines();
    }

    List<Fields> json() {
        return json;
    }

    Optional<Verdict.Rejected> refusal() {
        return refusal;
    }

    private static boolean isPossible(SmallestSets sets, Policy policy) {
        return sets.size() <= policy.organisations().size();
    }

    private static String words(SmallestSets sets, Policy policy) {
        if (!isPossible(sets, policy)) {
            return "nobody";
        }
        String shown =
                sets.first().stream().map(PolicyTable::words).collect(Collectors.joining(" or "));
        long more = sets.count() - sets.first().size();
        return more > 0 ? shown + " or one of " + more + " more sets" : shown;
    }

    private static String words(SortedSet<OrganisationId> set) {
        return set.stream().map(OrganisationId::domain).collect(Collectors.joining(" + "));
    }

    private static Fields sets(SmallestSets sets, Policy policy) {
        return Fields.of("possible", isPossible(sets, policy))
                .and("size", sets.size())
                .and("count", sets.count())
                .and("sets", sets.first());
    }
}
