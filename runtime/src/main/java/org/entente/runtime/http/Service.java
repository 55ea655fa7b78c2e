package org.entente.runtime.http;

import org.entente.runtime.Threads;
import org.entente.runtime.metrics.Metrics;

import java.util.concurrent.atomic.AtomicBoolean;

/// What all connections of one server share.
record Service(
        HttpServerConfiguration configuration,
        Routes routes,
        Metrics metrics,
        Admission shared,
        Admission reserved,
        Admission waiting,
        Room room,
        Calls calls,
        AtomicBoolean stopping) {
    private static final int RESERVED_SLOTS = 4;
    private static final int RESERVED_QUEUE = 16;
    private static final int WAITING_SLOTS = 1_024;

    static Service of(HttpServerConfiguration configuration, Routes routes, Metrics metrics) {
        Service service =
                new Service(
                        configuration,
                        routes,
                        metrics,
                        new Admission(
                                configuration.slots(),
                                configuration.queue(),
                                Threads.named("http")),
                        new Admission(
                                RESERVED_SLOTS, RESERVED_QUEUE, Threads.named("http-reserved")),
                        new Admission(WAITING_SLOTS, 0, Threads.named("http-waiting")),
                        new Room(configuration.bodiesSizeBytesMax()),
                        new Calls(),
                        new AtomicBoolean());
        metrics.gauge("entente.http.running", "handlers that run", () -> service.shared.running());
        metrics.gauge("entente.http.waiting", "requests that wait", () -> service.shared.waiting());
        metrics.gauge("entente.http.inflight", "requests not answered yet", service.calls::count);
        metrics.gauge("entente.http.bodies", "bytes of bodies held", service.room::taken);
        return service;
    }

    Admission admission(Limits.Lane lane) {
        return switch (lane) {
            case SHARED -> shared;
            case RESERVED -> reserved;
            case WAITING -> waiting;
        };
    }
}
