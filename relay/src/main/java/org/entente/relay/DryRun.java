package org.entente.relay;

import org.entente.endorsement.Panel;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.exchange.Request;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a request would meet: which rule refuses it, or who would propose and endorse.
///
/// @param hosts in the order in which they would be tried
/// @param bound the weight that must be exceeded
public record DryRun(
        Verdict verdict, List<Voice> hosts, List<Voice> endorsers, long total, long bound) {
    /// Somebody who would be asked.
    ///
    /// @param weight 0 for a host
    public record Voice(NodeId agent, long weight, boolean connected) {}

    public DryRun {
        hosts = List.copyOf(hosts);
        endorsers = List.copyOf(endorsers);
    }

    static DryRun of(Means means, Collecting collecting, Asked asked, Instant now) {
        Request request = asked.ask().request();
        FlowName name = new FlowName(request.contract(), request.flow());
        Digest exchange = ExchangeName.FORMAT.digest(request.exchange());
        Verdict verdict = collecting.admitted(asked.ask(), exchange, now);
        Optional<NodeContract> contract = means.nodeContract(name);
        if (contract.isEmpty()) {
            return new DryRun(verdict, List.of(), List.of(), 0, 0);
        }
        Panel panel =
                Panel.endorsers(means.record(), means.record().nodeContract(name).orElseThrow());
        return new DryRun(
                verdict,
                contract.get().hosts().stream()
                        .map(host -> new Voice(host, 0, means.conduct().isAvailable(host)))
                        .toList(),
                panel.weights().entrySet().stream()
                        .map(each ->
                                new Voice(
                                        each.getKey(),
                                        each.getValue(),
                                        means.conduct().isAvailable(each.getKey())))
                        .toList(),
                panel.totalWeight(),
                panel.bound());
    }
}
