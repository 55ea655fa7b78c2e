package org.entente.client.cli.alliance;

import org.entente.protocol.Name;
import org.entente.registry.contract.AllianceContract;
import org.entente.registry.contract.Condition;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.NodeContract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/// What one contract changes in another, in words.
final class ContractDifference {
    private final List<String> words = new ArrayList<>();

    private ContractDifference() {}

    static List<String> between(AllianceContract before, AllianceContract after) {
        ContractDifference difference = new ContractDifference();
        difference.value("the name", before.name(), after.name());
        difference.value("the version", before.version(), after.version());
        difference.value("the title", before.title(), after.title());
        difference.members("party", before.parties(), after.parties());
        difference.weights("agent", before.agents(), after.agents());
        difference.value("the amendment's threshold", before.amendment(), after.amendment());
        difference.members(
                "recovery key of",
                before.recovery().keys().keySet(),
                after.recovery().keys().keySet());
        difference.value("the recovery", before.recovery(), after.recovery());
        difference.value("the validity", before.validity(), after.validity());
        difference.flows(before, after);
        return difference.words;
    }

    static List<String> between(NodeContract before, NodeContract after) {
        ContractDifference difference = new ContractDifference();
        difference.value("the flow", before.flow(), after.flow());
        difference.value("the hosts", before.hosts(), after.hosts());
        difference.value("the program", before.program(), after.program());
        difference.weights("endorser", before.endorsers(), after.endorsers());
        difference.value("the threshold", before.threshold(), after.threshold());
        difference.value("the deliverers", before.deliverers(), after.deliverers());
        difference.weights("observer", before.observers(), after.observers());
        return difference.words;
    }

    private void flows(AllianceContract before, AllianceContract after) {
        members("flow", before.flows().keySet(), after.flows().keySet());
        for (Name name : before.flows().keySet()) {
            Flow old = before.flows().get(name);
            Flow next = after.flows().get(name);
            if (old != null && next != null) {
                flow("flow " + name + ": ", old, next);
            }
        }
    }

    private void flow(String of, Flow before, Flow after) {
        value(of + "the source", before.source(), after.source());
        value(of + "the destination", before.destination(), after.destination());
        members(of + "requester", before.requesters(), after.requesters());
        value(of + "the condition", condition(before), condition(after));
        value(of + "the payload schema", before.payloadSchema(), after.payloadSchema());
        value(of + "the limits", before.limits(), after.limits());
        value(of + "the finality", before.finality(), after.finality());
        value(of + "the read check", before.readCheck(), after.readCheck());
        value(of + "deliverWithin", before.deliverWithin(), after.deliverWithin());
        members(of + "option", before.options(), after.options());
    }

    private static String condition(Flow flow) {
        return flow.condition().map(Condition::text).orElse("none");
    }

    private void value(String what, Object before, Object after) {
        if (!before.equals(after)) {
            words.add(what + " changes from " + shown(before) + " to " + shown(after));
        }
    }

    private static String shown(Object value) {
        return value instanceof java.util.Optional<?> optional
                ? optional.map(Object::toString).orElse("none")
                : value.toString();
    }

    private <T extends Comparable<? super T>> void members(
            String what, Collection<T> before, Collection<T> after) {
        new TreeSet<>(before)
                .stream()
                        .filter(each -> !after.contains(each))
                        .forEach(each -> words.add(what + " " + each + " leaves"));
        new TreeSet<>(after)
                .stream()
                        .filter(each -> !before.contains(each))
                        .forEach(each -> words.add(what + " " + each + " joins"));
    }

    private <K extends Comparable<? super K>> void weights(
            String what, SortedMap<K, Long> before, SortedMap<K, Long> after) {
        members(what, before.keySet(), after.keySet());
        Function<SortedMap<K, Long>, Long> total =
                all -> all.values().stream().mapToLong(Long::longValue).sum();
        before.forEach((each, weight) -> {
            Long next = after.get(each);
            if (next != null && !next.equals(weight)) {
                words.add(what + " " + each + " weighs " + next + " instead of " + weight);
            }
        });
        value("the total weight of " + what + "s", total.apply(before), total.apply(after));
    }
}
