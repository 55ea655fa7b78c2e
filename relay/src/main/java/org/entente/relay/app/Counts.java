package org.entente.relay.app;

import org.entente.relay.Effect;
import org.entente.relay.http.AgentLink;
import org.entente.relay.worker.Desks;
import org.entente.runtime.metrics.Metrics;

import java.util.function.Consumer;

/// The operator's numbers of exchanges: a counter for each kind of decision, refusals by fault, and
/// how much is under way.
record Counts(Metrics metrics) implements Consumer<Effect.Tell> {
    @Override
    public void accept(Effect.Tell tell) {
        metrics.count("entente.exchanges." + tell.what());
        tell.fault().ifPresent(metrics::refused);
    }

    static void gauges(Metrics metrics, Desks desks, AgentLink link) {
        metrics.gauge(
                "entente.exchanges.collecting",
                "requests being collected",
                () -> desks.load().collecting());
        metrics.gauge(
                "entente.exchanges.outbox",
                "exchanges sealed and not settled",
                () -> desks.load().outbox());
        metrics.gauge(
                "entente.exchanges.parked.now",
                "deliveries whose tries are spent",
                () -> desks.load().parked());
        metrics.gauge("entente.agents.connected", "agents with a line", link::size);
    }
}
