package org.entente.runtime.http;

import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.runtime.json.Schema;
import org.entente.runtime.link.LineHandler;
import org.entente.runtime.link.Pulse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which handler answers which address. Immutable: each call gives a larger one.
public final class Routes {
    private final List<Route> routes;

    private Routes(List<Route> routes) {
        this.routes = routes;
    }

    /// @param line takes up the line that is opened here; empty: requests are answered
    record Route(
            Method method,
            Template template,
            Limits limits,
            Handler handler,
            Optional<Opened> line) {}

    /// What becomes of a line that is opened.
    record Opened(LineHandler handler, Pulse pulse) {}

    sealed interface Found {
        record Here(Route route, SortedMap<String, String> parameters) implements Found {}

        record Nowhere(Reply reply) implements Found {}
    }

    public static Routes none() {
        return new Routes(List.of());
    }

    public Routes get(String template, Handler handler) {
        return get(template, Limits.standard(), handler);
    }

    public Routes get(String template, Limits limits, Handler handler) {
        return with(Method.GET, template, limits.bodySizeMax(0), handler);
    }

    public Routes post(String template, Handler handler) {
        return post(template, Limits.standard(), handler);
    }

    public Routes post(String template, Limits limits, Handler handler) {
        return with(Method.POST, template, limits, handler);
    }

    public Routes put(String template, Limits limits, Handler handler) {
        return with(Method.PUT, template, limits, handler);
    }

    public Routes delete(String template, Handler handler) {
        return with(Method.DELETE, template, Limits.standard().bodySizeMax(0), handler);
    }

    /// Where a line is opened: a WebSocket, by a client that shows a certificate.
    public Routes link(String template, LineHandler handler) {
        return link(template, Pulse.STANDARD, handler);
    }

    public Routes link(String template, Pulse pulse, LineHandler handler) {
        return with(
                new Route(
                        Method.GET,
                        Template.of(template),
                        Limits.standard().bodySizeMax(0),
                        _ ->
                                Reply.problem(
                                        Verdict.rejected(
                                                Fault.INVALID_VALUE, "a WebSocket is opened here")),
                        Optional.of(new Opened(handler, pulse))));
    }

    /// Both together; the same address and method in both is our mistake.
    public Routes and(Routes others) {
        Routes all = this;
        for (Route route : others.routes) {
            all = all.with(route);
        }
        return all;
    }

    /// Each as `GET /v1/status`.
    public SortedSet<String> addresses() {
        SortedSet<String> addresses = new TreeSet<>();
        routes.forEach(route -> addresses.add(route.method + " " + route.template.text()));
        return Collections.unmodifiableSortedSet(addresses);
    }

    /// What is answered in JSON, by the address and the status, where a handler says so.
    public SortedMap<String, SortedMap<Integer, Schema>> answers() {
        TreeMap<String, SortedMap<Integer, Schema>> answers = new TreeMap<>();
        for (Route route : routes) {
            if (route.handler instanceof Answers(Handler _, var schemas)) {
                answers.put(route.method + " " + route.template.text(), schemas);
            }
        }
        return Collections.unmodifiableSortedMap(answers);
    }

    private Routes with(Method method, String template, Limits limits, Handler handler) {
        return with(new Route(method, Template.of(template), limits, handler, Optional.empty()));
    }

    private Routes with(Route route) {
        for (Route other : routes) {
            if (other.method == route.method
                    && other.template.shape().equals(route.template.shape())) {
                throw new IllegalArgumentException(
                        "two routes for " + route.method + " " + route.template.text());
            }
        }
        List<Route> more = new ArrayList<>(routes);
        more.add(route);
        more.sort(Comparator.comparing(Route::template));
        return new Routes(List.copyOf(more));
    }

    Found find(String method, List<String> path) {
        SortedSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<SortedMap<String, String>> parameters = route.template.match(path);
            if (parameters.isPresent()) {
                allowed.add(route.method.name());
                if (answers(route, method)) {
                    return new Found.Here(route, parameters.get());
                }
            }
        }
        if (allowed.isEmpty()) {
            return new Found.Nowhere(
                    Reply.problem(Verdict.rejected(Fault.NOT_FOUND, "nothing is at this address")));
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String list = String.join(", ", allowed);
        return new Found.Nowhere(
                Reply.problem(
                                Verdict.rejected(
                                        Fault.METHOD_NOT_ALLOWED, "this address takes " + list))
                        .with("allow", list));
    }

    private static boolean answers(Route route, String method) {
        return route.method.name().equals(method)
                || (route.method == Method.GET && method.equals("HEAD"));
    }
}
