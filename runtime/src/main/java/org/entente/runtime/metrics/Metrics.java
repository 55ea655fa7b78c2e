package org.entente.runtime.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.entente.protocol.Fault;

import java.time.Duration;
import java.util.function.Supplier;

/// The numbers of one process, as Prometheus reads them.
///
/// Tags are few and fixed: a route's template, a fault, a method; never a path, a name or a key.
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    public Metrics() {
        garbage.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /// One refusal.
    public void refused(Fault fault) {
        Counter.builder("entente.faults")
                .description("refusals by fault")
                .tag("fault", fault.name())
                .register(registry)
                .increment();
    }

    /// One request answered.
    ///
    /// @param route its template, or a fixed word when no route was found
    public void answered(String method, String route, int status, Duration elapsed) {
        Timer.builder("entente.http.requests")
                .description("requests from their header to the end of the answer")
                .tag("method", method)
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(elapsed);
    }

    /// Something that happened, for a room's own events.
    public void count(String name) {
        registry.counter(name).increment();
    }

    /// A value that is asked for at each scrape.
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /// The same, for one of a few fixed subjects.
    public void gauge(
            String name, String description, String tag, String word, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag(tag, word)
                .strongReference(true)
                .register(registry);
    }

    /// The text of `/metrics`.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
