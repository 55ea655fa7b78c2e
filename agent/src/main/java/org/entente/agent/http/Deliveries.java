package org.entente.agent.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.entente.agent.Organisation;
import org.entente.agent.Received;
import org.entente.agent.journal.ReceivedFile;
import org.entente.certs.Certificate;
import org.entente.certs.issue.LedgerUnavailable;
import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.exchange.Write;
import org.entente.runtime.http.Limits;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `GET /v1/deliveries` and its events: what was applied at the inboxes of this organisation's
/// chains, for its applications (docs/exchange.md §6).
public final class Deliveries {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final int STREAM_BATCH = 16;
    private static final long ALIVE_EVERY_MILLIS = 10_000;

    private final Supplier<Organisation> organisation;
    private final ReceivedFile file;
    private final InstantSource clock;

    public Deliveries(Supplier<Organisation> organisation, ReceivedFile file, InstantSource clock) {
        this.organisation = organisation;
        this.file = file;
        this.clock = clock;
    }

    record Shown(
            long cursor,
            AllianceId alliance,
            long serial,
            Digest exchange,
            Name contract,
            Name flow,
            OrganisationId organisation,
            ChainId chain,
            String inbox,
            List<ShownWrite> writes,
            String settledAt) {
        Shown {
            writes = List.copyOf(writes);
        }
    }

    /// @param value in base64; missing when the relay did not keep it until it was asked for
    record ShownWrite(
            String key,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> value,
            int size,
            Digest digest) {}

    record Page(List<Shown> deliveries, long next) {
        Page {
            deliveries = List.copyOf(deliveries);
        }
    }

    public Routes routes() {
        return Routes.none()
                .get("/v1/deliveries", this::list)
                .get("/v1/deliveries/events", Limits.standard().waiting(), this::events);
    }

    private Reply list(Request request) throws LedgerUnavailable, IOException {
        Parsed<Long> after = number(request, "after", 0, 0, Long.MAX_VALUE);
        Parsed<Long> limit = number(request, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        Parsed<Certificate> peer = peer(request);
        if (peer instanceof Parsed.Refused<Certificate>(var why)) {
            return Reply.problem(why);
        }
        if (after instanceof Parsed.Refused<Long>(var why)) {
            return Reply.problem(why);
        }
        if (limit instanceof Parsed.Refused<Long>(var why)) {
            return Reply.problem(why);
        }
        List<Shown> page = page(after.orThrow(), limit.orThrow().intValue());
        return Reply.json(
                new Page(page, page.isEmpty() ? after.orThrow() : page.getLast().cursor()));
    }

    private Reply events(Request request) throws LedgerUnavailable {
        if (peer(request) instanceof Parsed.Refused<Certificate>(var why)) {
            return Reply.problem(why);
        }
        return switch (number(request, "after", 0, 0, Long.MAX_VALUE)) {
            case Parsed.Refused<Long>(var why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long after) ->
                    Reply.stream("text/event-stream", body -> stream(after, body));
        };
    }

    private void stream(long after, OutputStream body) throws IOException {
        long cursor = after;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<Shown> page = page(cursor, STREAM_BATCH);
                StringBuilder text = new StringBuilder();
                for (Shown each : page) {
                    text.append("id: ").append(each.cursor()).append("\nevent: delivery\ndata: ");
                    text.append(Json.write(each).asUtf8()).append("\n\n");
                    cursor = each.cursor();
                }
                if (page.isEmpty()) {
                    file.await(cursor, ALIVE_EVERY_MILLIS);
                    text.append(": alive\n\n");
                }
                body.write(text.toString().getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (InterruptedException e) {
            // The process ends.
            Thread.currentThread().interrupt();
        }
    }

    private List<Shown> page(long after, int limit) throws IOException {
        List<Shown> page = new ArrayList<>();
        long cursor = after;
        for (Received each : file.after(after, limit)) {
            page.add(shown(++cursor, each));
        }
        return page;
    }

    private Shown shown(long cursor, Received received) throws IOException {
        List<ShownWrite> writes = new ArrayList<>();
        for (Write write : received.writes().writes()) {
            writes.add(
                    new ShownWrite(
                            write.place().key().asUtf8(),
                            file.value(write.value())
                                    .map(it -> Base64.getEncoder().encodeToString(it.toArray())),
                            write.sizeBytes(),
                            write.value()));
        }
        Write first = received.writes().writes().getFirst();
        return new Shown(
                cursor,
                received.alliance(),
                received.serial(),
                ExchangeName.FORMAT.digest(received.request().exchange()),
                received.request().contract(),
                received.request().flow(),
                received.request().organisation(),
                first.place().chain(),
                first.place().inbox(),
                writes,
                received.settledAt().toString());
    }

    private Parsed<Certificate> peer(Request request) throws LedgerUnavailable {
        return Peer.required(request, organisation.get(), clock.instant());
    }

    private static Parsed<Long> number(
            Request request, String name, long otherwise, long min, long max) {
        String text = request.queried(name).orElse(String.valueOf(otherwise));
        if (text.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return Parsed.of(number);
            }
        }
        return Parsed.refused(
                Fault.INVALID_VALUE, name + " is a number from " + min + " to " + max);
    }
}
