package org.entente.agent.http;

import org.entente.agent.Organisation;
import org.entente.agent.worker.RelayClient;
import org.entente.agent.worker.RelayUnreachable;
import org.entente.certs.Certificate;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.runtime.http.Headers;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// The applications' door: plain JSON in, the relay's status out (docs/exchange.md §6). The agent
/// signs for them with transaction certificates.
public final class Exchanges {
    private static final int BODY_SIZE_BYTES_MAX = 32 * 1024;
    private static final int STATUS_SIZE_BYTES_MAX = 1024 * 1024;

    /// The relay waits for up to a minute.
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(75);

    private final Supplier<Organisation> organisation;
    private final RelayClient relay;
    private final Signing signing;
    private final InstantSource clock;

    public Exchanges(
            Supplier<Organisation> organisation,
            RelayClient relay,
            Signing signing,
            InstantSource clock) {
        this.organisation = organisation;
        this.relay = relay;
        this.signing = signing;
        this.clock = clock;
    }

    public Routes routes() {
        return Routes.none()
                .post(
                        "/v1/exchanges",
                        Limits.standard()
                                .bodySizeMax(BODY_SIZE_BYTES_MAX)
                                .mediaTypes(Reply.JSON)
                                .waiting(),
                        this::ask)
                .get("/v1/exchanges/{exchange}", Limits.standard().waiting(), this::status)
                .get("/v1/exchanges/{exchange}/events", Limits.standard().waiting(), this::events);
    }

    private Reply ask(Request request) throws LedgerUnavailable, InterruptedException {
        Organisation ours = organisation.get();
        Parsed<Asked> asked =
                switch (Peer.required(request, ours, clock.instant())) {
                    case Parsed.Refused<Certificate>(var why) -> new Parsed.Refused<>(why);
                    case Parsed.Value<Certificate>(Certificate holder) ->
                            signing.asked(ours, holder, request.body(), clock.instant());
                };
        return switch (asked) {
            case Parsed.Refused<Asked>(var why) -> Reply.problem(why);
            case Parsed.Value<Asked>(Asked sound) -> posted(sound, request);
        };
    }

    private Reply posted(Asked asked, Request request) throws InterruptedException {
        try {
            RelayClient.Passed answer =
                    relay.post(
                            "/v1/exchanges" + query(request),
                            Asked.FORMAT.encode(asked),
                            prefer(request),
                            ANSWER_TIME_MAX);
            return passed(
                    isReused(answer)
                            ? before(asked.ask().request(), request).orElse(answer)
                            : answer);
        } catch (RelayUnreachable e) {
            return away(e);
        }
    }

    private static boolean isReused(RelayClient.Passed answer) {
        return answer.status() == Fault.ATTEMPT_REUSED.httpStatus()
                && Json.read(answer.body(), STATUS_SIZE_BYTES_MAX)
                        instanceof Parsed.Value<JsonNode>(JsonNode problem)
                && problem.path("code").asString("").equals(Fault.ATTEMPT_REUSED.name());
    }

    /// What became of the same question, asked with another certificate: a process of this agent
    /// that has ended since had signed it. What it signed nobody but the relay remembers.
    private Optional<RelayClient.Passed> before(
            org.entente.protocol.exchange.Request wanted, Request request)
            throws RelayUnreachable, InterruptedException {
        RelayClient.Passed known =
                relay.get(
                        "/v1/exchanges/"
                                + ExchangeName.FORMAT.digest(wanted.exchange())
                                + query(request),
                        prefer(request),
                        STATUS_SIZE_BYTES_MAX,
                        ANSWER_TIME_MAX);
        if (!(Json.read(known.body(), STATUS_SIZE_BYTES_MAX)
                instanceof Parsed.Value<JsonNode>(JsonNode exchange))) {
            return Optional.empty();
        }
        for (JsonNode attempt : exchange.path("attempts")) {
            if (asks(attempt, wanted)) {
                return Optional.of(new RelayClient.Passed(202, Reply.JSON, Json.write(attempt)));
            }
        }
        return Optional.empty();
    }

    private static boolean asks(JsonNode attempt, org.entente.protocol.exchange.Request wanted) {
        return attempt.path("attempt").asInt(0) == wanted.attempt()
                && attempt.path("contract").asString("").equals(wanted.contract().text())
                && attempt.path("flow").asString("").equals(wanted.flow().text())
                && attempt.path("arguments").asString("").equals(wanted.arguments().hex());
    }

    private Reply status(Request request) throws LedgerUnavailable, InterruptedException {
        if (refused(request) instanceof Verdict.Rejected why) {
            return Reply.problem(why);
        }
        try {
            return passed(
                    relay.get(
                            path(request) + query(request),
                            prefer(request),
                            STATUS_SIZE_BYTES_MAX,
                            ANSWER_TIME_MAX));
        } catch (RelayUnreachable e) {
            return away(e);
        }
    }

    private Reply events(Request request) throws LedgerUnavailable, InterruptedException {
        if (refused(request) instanceof Verdict.Rejected why) {
            return Reply.problem(why);
        }
        try {
            InputStream events = relay.stream(path(request) + "/events");
            return Reply.stream("text/event-stream", body -> pass(events, body));
        } catch (RelayUnreachable e) {
            return away(e);
        }
    }

    private static void pass(InputStream events, OutputStream body) throws IOException {
        try (events) {
            byte[] buffer = new byte[8 * 1024];
            int count = events.read(buffer);
            while (count >= 0) {
                body.write(buffer, 0, count);
                body.flush();
                count = events.read(buffer);
            }
        }
    }

    private Verdict refused(Request request) throws LedgerUnavailable {
        Verdict peer = Peer.required(request, organisation.get(), clock.instant()).verdict();
        return peer.and(() ->
                request.parameter("exchange").matches("[0-9a-f]{64}")
                        ? Verdict.accepted()
                        : Verdict.rejected(Fault.NOT_FOUND, "no exchange has this name"));
    }

    private static String path(Request request) {
        return "/v1/exchanges/" + request.parameter("exchange");
    }

    /// What waits there as it would here.
    private static String query(Request request) {
        return request.queried("until")
                .filter(state -> state.matches("[a-z]{1,20}"))
                .map(state -> "?until=" + state)
                .orElse("");
    }

    private static String prefer(Request request) {
        return request.headers()
                .first("prefer")
                .filter(text -> text.matches("wait=[0-9]{1,3}"))
                .orElse("");
    }

    private static Reply passed(RelayClient.Passed passed) {
        return new Reply.Whole(
                passed.status(),
                Headers.NONE.with("content-type", passed.mediaType()),
                passed.body());
    }

    private static Reply away(RelayUnreachable e) {
        return Reply.problem(
                Verdict.rejected(Fault.OVERLOADED, "the relay is away: " + e.getMessage()));
    }
}
