package org.entente.chain.http;

import org.entente.chain.Block;
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
import java.util.List;
import java.util.concurrent.Semaphore;

/// Blocks as they come, as server-sent events: each height from the one asked for, once, in order
/// (docs/ledger.md §6.6). A subscriber that does not read loses its connection, not the chain its
/// memory: what is sent is read from the log.
public final class EventRoutes {
    private final Served chain;
    private final Semaphore places;
    private final Duration heartbeat;

    /// @param subscriberMax more are refused OVERLOADED
    /// @param heartbeat a comment is sent after so long without a block
    public EventRoutes(Served chain, int subscriberMax, Duration heartbeat) {
        this.chain = chain;
        this.places = new Semaphore(subscriberMax);
        this.heartbeat = heartbeat;
    }

    record Event(ChainRoutes.HeaderView header, List<String> transactions) {}

    public Routes routes() {
        return Routes.none().get("/v1/events", this::events);
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
                        .orElseGet(() -> Long.toString(chain.last().height() + 1));
        return switch (Asked.number(from)) {
            case Parsed.Refused<Long>(Verdict.Rejected why) -> Reply.problem(why);
            case Parsed.Value<Long>(Long height) ->
                    Reply.stream("text/event-stream", body -> stream(height, body))
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
            while (!chain.isClosed()) {
                if (chain.awaitHeight(next, heartbeat)) {
                    Block block = chain.block(next).orElseThrow();
                    body.write(event(block).toArray());
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

    private static Bytes event(Block block) {
        Event event =
                new Event(
                        ChainRoutes.HeaderView.of(block.certified()),
                        block.receipts().stream()
                                .map(receipt -> receipt.transaction().hex())
                                .toList());
        return Bytes.utf8("id: " + block.header().height() + "\nevent: block\ndata: ")
                .concat(Json.write(event))
                .concat(Bytes.utf8("\n\n"));
    }
}
