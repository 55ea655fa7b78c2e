package org.entente.relay.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.relay.DryRun;
import org.entente.relay.Effect;
import org.entente.relay.Status;
import org.entente.relay.worker.DeskWorker;
import org.entente.relay.worker.Desks;
import org.entente.relay.worker.Watchers;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Json;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// Where applications ask for exchanges, look at them and wait for them (docs/exchange.md §3).
public final class ExchangeRoutes {
    private static final String OCTETS = "application/octet-stream";
    private static final long HEARTBEAT_MILLIS = 10_000;
    private static final Bytes STILL_THERE = Bytes.utf8(": still there\n\n");

    private final Desks desks;

    public ExchangeRoutes(Desks desks) {
        this.desks = desks;
    }

    /// An exchange with its attempts, the newest first.
    record Found(Digest exchange, StatusView newest, List<StatusView> attempts) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Voice(NodeId agent, Optional<Long> weight, boolean connected) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Trial(
            boolean admitted,
            Optional<String> code,
            Optional<String> detail,
            Optional<String> next,
            List<Voice> hosts,
            List<Voice> endorsers,
            long totalWeight,
            long neededMoreThan) {}

    public Routes routes() {
        return Routes.none()
                .post(
                        "/v1/exchanges",
                        Limits.standard()
                                .bodySizeMax(Asked.FORMAT.sizeMax())
                                .mediaTypes(OCTETS)
                                .waiting(),
                        this::post)
                .get("/v1/exchanges/{exchange}", Limits.standard().waiting(), this::look)
                .get("/v1/exchanges/{exchange}/events", Limits.standard().waiting(), this::events);
    }

    private Reply post(Request request) throws InterruptedException {
        return switch (Asked.FORMAT.decode(request.body())) {
            case Parsed.Refused<Asked>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Asked>(Asked asked) ->
                    request.queried("dry-run").filter("true"::equals).isPresent()
                            ? trial(asked)
                            : switch (Patience.of(request)) {
                                case Parsed.Refused<Patience>(Verdict.Rejected why) ->
                                        Reply.problem(why);
                                case Parsed.Value<Patience>(Patience patience) ->
                                        post(asked, patience);
                            };
        };
    }

    private Reply post(Asked asked, Patience patience) throws InterruptedException {
        Digest exchange = ExchangeName.FORMAT.digest(asked.ask().request().exchange());
        try (Watchers.Watch watch = desks.surroundings().watchers().watch(exchange)) {
            return switch (desks.post(asked)) {
                case Effect.Refuse refuse -> Refusals.of(refuse);
                case Effect.Answer(var _, Status status) ->
                        Reply.json(202, StatusView.of(waited(watch, status, patience)));
                case Effect other ->
                        throw new IllegalStateException("no answer to a request: " + other);
            };
        }
    }

    /// The status when the state is reached, or the one reached by then.
    private static Status waited(Watchers.Watch watch, Status begin, Patience patience)
            throws InterruptedException {
        Status status = begin;
        long deadline = System.nanoTime() + patience.time().toNanos();
        while (!status.hasReached(patience.until())) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            Optional<Status> next = left <= 0 ? Optional.empty() : watch.next(left);
            if (next.isEmpty()) {
                return status;
            }
            status = isNewer(next.get(), status) ? next.get() : status;
        }
        return status;
    }

    /// Of the same request, and not a copy that was ordered after it.
    private static boolean isNewer(Status next, Status before) {
        return next.request().equals(before.request())
                && (before.serial().isEmpty() || next.serial().equals(before.serial()));
    }

    private Reply look(Request request) throws InterruptedException {
        Parsed<Digest> exchange = Paths.digest(request, "exchange");
        return switch (exchange) {
            case Parsed.Refused<Digest>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Digest>(Digest digest) ->
                    switch (Patience.of(request)) {
                        case Parsed.Refused<Patience>(Verdict.Rejected why) -> Reply.problem(why);
                        case Parsed.Value<Patience>(Patience patience) -> look(digest, patience);
                    };
        };
    }

    private Reply look(Digest exchange, Patience patience) throws InterruptedException {
        try (Watchers.Watch watch = desks.surroundings().watchers().watch(exchange)) {
            List<Status> attempts = attempts(exchange);
            if (attempts.isEmpty()) {
                return unknown();
            }
            waited(watch, newest(attempts), patience);
            attempts = attempts(exchange);
            if (attempts.isEmpty()) {
                return unknown();
            }
            Status newest = newest(attempts);
            return Reply.json(
                    new Found(
                            exchange,
                            StatusView.of(newest),
                            attempts.reversed().stream().map(StatusView::of).toList()));
        }
    }

    private static Reply unknown() {
        return Reply.problem(
                Verdict.rejected(Fault.NOT_FOUND, "no exchange of this name is known here"));
    }

    /// The highest attempt; of several of one number the first, since the others are copies.
    static Status newest(List<Status> attempts) {
        int highest = attempts.stream().mapToInt(Status::attempt).max().orElseThrow();
        return attempts.stream()
                .filter(status -> status.attempt() == highest)
                .findFirst()
                .orElseThrow();
    }

    private List<Status> attempts(Digest exchange) throws InterruptedException {
        for (DeskWorker desk : desks.all().values()) {
            List<Status> found = desk.look(each -> each.exchange(exchange));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private Reply events(Request request) throws InterruptedException {
        return switch (Paths.digest(request, "exchange")) {
            case Parsed.Refused<Digest>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Digest>(Digest exchange) ->
                    attempts(exchange).isEmpty()
                            ? unknown()
                            : Reply.stream("text/event-stream", body -> write(exchange, body));
        };
    }

    private void write(Digest exchange, OutputStream body) throws IOException {
        try (Watchers.Watch watch = desks.surroundings().watchers().watch(exchange)) {
            List<Status> attempts = attempts(exchange);
            if (attempts.isEmpty()) {
                return;
            }
            Status status = newest(attempts);
            event(body, status);
            while (!status.isFinal()) {
                Optional<Status> next = watch.next(HEARTBEAT_MILLIS);
                if (next.isEmpty()) {
                    body.write(STILL_THERE.toArray());
                    body.flush();
                } else if (isNewer(next.get(), status)
                        && (next.get().isFinal() || next.get().state() != status.state())) {
                    status = next.get();
                    event(body, status);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static void event(OutputStream body, Status status) throws IOException {
        Bytes event =
                Bytes.utf8("event: " + status.state() + "\ndata: ")
                        .concat(Json.write(StatusView.of(status)))
                        .concat(Bytes.utf8("\n\n"));
        body.write(event.toArray());
        body.flush();
    }

    private Reply trial(Asked asked) throws InterruptedException {
        AllianceId alliance = asked.ask().request().alliance();
        Optional<DeskWorker> desk = desks.desk(alliance);
        if (desk.isEmpty() || desk.get().forced().isEmpty()) {
            return Reply.problem(Verdict.rejected(Fault.NOT_FOUND, "no alliance " + alliance));
        }
        DryRun run =
                desk.get().look(each -> each.dryRun(asked, desks.surroundings().clock().instant()));
        Optional<Verdict.Rejected> why =
                run.verdict() instanceof Verdict.Rejected rejected
                        ? Optional.of(rejected)
                        : Optional.empty();
        return Reply.json(
                new Trial(
                        why.isEmpty(),
                        why.map(each -> each.fault().name()),
                        why.map(Verdict.Rejected::detail),
                        why.map(each -> each.fault().next()),
                        run.hosts().stream()
                                .map(each ->
                                        new Voice(each.agent(), Optional.empty(), each.connected()))
                                .toList(),
                        run.endorsers().stream()
                                .map(each ->
                                        new Voice(
                                                each.agent(),
                                                Optional.of(each.weight()),
                                                each.connected()))
                                .toList(),
                        run.total(),
                        run.bound()));
    }
}
