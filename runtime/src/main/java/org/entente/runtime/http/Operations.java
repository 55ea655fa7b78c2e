package org.entente.runtime.http;

import org.entente.protocol.Bytes;
import org.entente.runtime.metrics.Health;
import org.entente.runtime.metrics.Metrics;

/// The addresses for those who run the process: `/health/live`, `/health/ready`, `/metrics`.
public final class Operations {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private Operations() {}

    public static Routes routes(Health health, Metrics metrics) {
        Limits reserved = Limits.standard().reserved();
        return Routes.none()
                .get(
                        "/health/live",
                        reserved,
                        Answers.json(Health.Report.class, _ -> Reply.json(Health.live())))
                .get(
                        "/health/ready",
                        reserved,
                        Answers.json(Health.Report.class, _ -> ready(health.ready())))
                .get(
                        "/metrics",
                        reserved,
                        _ -> Reply.bytes(PROMETHEUS, Bytes.utf8(metrics.scrape())));
    }

    private static Reply ready(Health.Report report) {
        return Reply.json(report.status() == Health.Status.UP ? 200 : 503, report);
    }
}
