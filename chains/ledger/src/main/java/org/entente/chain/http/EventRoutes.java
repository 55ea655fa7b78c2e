package org.entente.chain.http;

import org.entente.chain.worker.Served;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Request;
import org.entente.runtime.http.Routes;
import org.entente.runtime.json.Json;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// What happens as it happens, as server-sent events: each number from the one asked for, once, in
/// order (docs/ledger.md §6.6). A subscriber that does not read loses its connection, not the chain
/// its memory: what is sent is kept elsewhere.
public final class EventRoutes {
    private final String path;
    private final Feed feed;
    private final Semaphore places;
    private final Duration heartbeat;

    /// Of the final blocks of a chain.
    ///
    /// @param subscriberMax more are refused OVERLOADED
    /// @param heartbeat a comment is sent after so long without a block
    public EventRoutes(Served chain, int subscriberMax, Duration heartbeat) {
        this("/v1/events", new FinalBlocks(chain), subscriberMax, heartbeat);
    }

    public EventRoutes(String path, Feed feed, int subscriberMax, Duration heartbeat) {
        this.path = path;
        this.feed = feed;
        this.places = new Semaphore(subscriberMax);
        this.heartbeat = heartbeat;
    }

    public Routes routes() {
        return Routes.none().get(path, this::events);
    }

    private Reply events(Request request) {
        if (places.availablePermits() == 0) {
            return Reply.problem(overloaded());
        }
        String from =
                request.headers()
                        .first("last-event-id")
                        .filter(id -> Asked.number(id).verdict().isAccepted())
                        .map(id -> Long.toString(Long.parseLong(id) + 1))
                        .or(() -> request.queried("from"))
                        .orElseGet(() -> Long.toString(feed.next()));
        return switch (Asked.number(from)) {
            case Parsed.Refused<Long>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long number) when number < feed.first() ->
                    Reply.problem(
                            Verdict.rejected(
                                    Fault.NOT_FOUND,
                                    "events are here from %d on".formatted(feed.first())));
            case Parsed.Value<Long>(Long number) ->
                    Reply.stream("text/event-stream", body -> stream(number, body))
                            .with("cache-control", "no-store");
        };
    }

    private static Verdict.Rejected overloaded() {
        return Verdict.rejected(Fault.OVERLOADED, "all places for subscribers are taken");
    }

    private void stream(long from, OutputStream body) throws IOException {
        if (!places.tryAcquire()) {
            throw new IOException(overloaded().toString());
        }
        try {
            long next = from;
            while (!feed.isClosed()) {
                Optional<Feed.Told> told = feed.await(next, heartbeat);
                if (told.isPresent()) {
                    body.write(event(next, told.get()).toArray());
                    next++;
                } else {
                    body.write(Bytes.utf8(": alive\n\n").toArray());
                }
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the process is stopping");
        } finally {
            places.release();
        }
    }

    private static Bytes event(long number, Feed.Told told) {
        return Bytes.utf8("id: " + number + "\nevent: " + told.kind() + "\ndata: ")
                .concat(Json.write(told.data()))
                .concat(Bytes.utf8("\n\n"));
    }
}
