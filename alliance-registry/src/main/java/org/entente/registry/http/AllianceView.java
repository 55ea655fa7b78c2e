package org.entente.registry.http;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.registry.Alliance;
import org.entente.registry.Charter;
import org.entente.registry.EpochRecord;
import org.entente.registry.Standing;
import org.entente.registry.contract.FlowName;
import org.entente.registry.policy.Exposure;
import org.entente.registry.policy.Searches;
import org.entente.registry.policy.SmallestSets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

record AllianceView(
        AllianceId alliance,
        Standing standing,
        long epoch,
        List<EpochView> epochs,
        SortedSet<OrganisationId> parties,
        List<AgentView> agents,
        List<FlowView> flows,
        Digest digest) {
    record EpochView(long epoch, Digest record, long from) {}

    record AgentView(NodeId agent, long weight) {}

    record FlowView(
            String flow,
            boolean running,
            SortedSet<OrganisationId> pausedBy,
            Optional<SetsView> forge,
            Optional<SetsView> block) {}

    /// The smallest sets of organisations that can do it.
    record SetsView(int size, long count, List<SortedSet<OrganisationId>> first) {
        static SetsView of(SmallestSets sets) {
            return new SetsView(sets.size(), sets.count(), sets.first());
        }
    }

    static AllianceView of(Alliance alliance) {
        Charter charter = alliance.charter();
        EpochRecord record = charter.record();
        Searches searches = new Searches();
        List<EpochView> epochs = new ArrayList<>();
        alliance.epochs()
                .forEach((from, it) -> epochs.add(new EpochView(it.epoch(), it.digest(), from)));
        return new AllianceView(
                alliance.id(),
                charter.standing(),
                record.epoch(),
                epochs,
                record.parties(),
                record.agents().stream()
                        .map(agent -> new AgentView(agent.id(), agent.weight()))
                        .toList(),
                charter.terms().flows().keySet().stream()
                        .map(flow -> flow(charter, flow, searches))
                        .toList(),
                alliance.digest());
    }

    private static FlowView flow(Charter charter, FlowName flow, Searches searches) {
        Optional<Exposure> exposure =
                charter.terms()
                        .policy(flow)
                        .map(policy -> policy.exposure(searches))
                        .flatMap(AllianceView::value);
        return new FlowView(
                flow.toString(),
                charter.isRunning(flow),
                charter.pausedBy(flow),
                exposure.map(it -> SetsView.of(it.forging())),
                exposure.map(it -> SetsView.of(it.blocking())));
    }

    private static <T> Optional<T> value(Parsed<T> parsed) {
        return parsed instanceof Parsed.Value<T>(T value) ? Optional.of(value) : Optional.empty();
    }
}
