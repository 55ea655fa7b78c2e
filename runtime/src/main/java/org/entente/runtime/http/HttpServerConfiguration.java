package org.entente.runtime.http;

import org.entente.runtime.config.Address;

import java.time.Duration;

/// The limits of one server.
///
/// @param listen port 0 takes any free port
/// @param slots handlers that run at the same time
/// @param queue requests that wait for a slot; more are refused OVERLOADED
/// @param queueTimeMax how long they wait
/// @param connectionsMax connections above are closed at once
/// @param bodiesSizeBytesMax all bodies held at the same time; more are refused OVERLOADED
/// @param headerTimeMax from a connection, or the answer before, to the end of a request's header
/// @param bodyTimeMax from the header to the end of the body
/// @param answerTimeMax for the client to take the answer, or each piece of a streamed one
public record HttpServerConfiguration(
        Address listen,
        int slots,
        int queue,
        Duration queueTimeMax,
        int connectionsMax,
        long bodiesSizeBytesMax,
        Duration headerTimeMax,
        Duration bodyTimeMax,
        Duration answerTimeMax) {
    public HttpServerConfiguration {
        if (slots < 1 || queue < 0 || connectionsMax < 1 || bodiesSizeBytesMax < 1) {
            throw new IllegalArgumentException("a server needs slots, connections and room");
        }
        for (Duration time :
                new Duration[] {queueTimeMax, headerTimeMax, bodyTimeMax, answerTimeMax}) {
            if (time.toMillis() < 1) {
                throw new IllegalArgumentException("a time limit is at least 1ms, not " + time);
            }
        }
    }

    public static HttpServerConfiguration standard(Address listen) {
        return new HttpServerConfiguration(
                listen,
                64,
                64,
                Duration.ofSeconds(5),
                2_000,
                256L << 20,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }

    /// The standard limits with other slots and queue.
    public static HttpServerConfiguration standard(Address listen, int slots, int queue) {
        HttpServerConfiguration standard = standard(listen);
        return new HttpServerConfiguration(
                listen,
                slots,
                queue,
                standard.queueTimeMax,
                standard.connectionsMax,
                standard.bodiesSizeBytesMax,
                standard.headerTimeMax,
                standard.bodyTimeMax,
                standard.answerTimeMax);
    }
}
