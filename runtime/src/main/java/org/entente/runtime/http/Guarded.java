package org.entente.runtime.http;

import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.UUID;

/// The outermost handler: what a handler throws becomes INTERNAL, with an id that finds it in the
/// log.
final class Guarded {
    private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

    private Guarded() {}

    static Reply answer(Routes.Route route, Request request) {
        try {
            return route.handler().answer(request);
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Reply.problem(
                    Verdict.rejected(
                            Fault.INTERNAL, "incident " + logged(route.template().text(), e)));
        }
    }

    /// @return the id of the incident
    static String logged(String route, Throwable why) {
        String incident = UUID.randomUUID().toString();
        LOG.atError()
                .setCause(why)
                .addKeyValue("incident", incident)
                .addKeyValue("route", route)
                .log("a handler failed");
        return incident;
    }
}
