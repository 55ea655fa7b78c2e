package org.entente.runtime.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.Verdict;
import org.entente.runtime.json.Json;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// What a handler answers.
public sealed interface Reply {
    String JSON = "application/json";

    /// How long a sender waits after a fault that passes by itself.
    Duration RETRY_AFTER = Duration.ofSeconds(1);

    record Whole(int status, Headers headers, Bytes body) implements Reply {
        public Whole {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("no final HTTP status: " + status);
            }
        }
    }

    /// A refusal, sent as problem+json (RFC 9457, protocol.md §10).
    ///
    /// @param retryAfter zero when waiting does not help
    record Problem(Verdict.Rejected why, Duration retryAfter, Headers headers) implements Reply {}

    /// A body too large to hold: written piece by piece while the client reads.
    record Streamed(String mediaType, Headers headers, Content content) implements Reply {}

    /// Writes a streamed body. A client that does not read in time shows as an `IOException`.
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream body) throws IOException;
    }

    Headers headers();

    static Reply json(Object value) {
        return json(200, value);
    }

    static Reply json(int status, Object value) {
        return new Whole(status, Headers.NONE.with("content-type", JSON), Json.write(value));
    }

    static Reply bytes(String mediaType, Bytes body) {
        return new Whole(200, Headers.NONE.with("content-type", mediaType), body);
    }

    static Reply empty(int status) {
        return new Whole(status, Headers.NONE, Bytes.EMPTY);
    }

    static Reply stream(String mediaType, Content content) {
        return new Streamed(mediaType, Headers.NONE, content);
    }

    static Reply problem(Verdict.Rejected why) {
        Duration wait =
                switch (why.fault()) {
                    case OVERLOADED, RATE_LIMITED, STOPPING -> RETRY_AFTER;
                    default -> Duration.ZERO;
                };
        return new Problem(why, wait, Headers.NONE);
    }

    static Reply problem(Verdict.Rejected why, Duration retryAfter) {
        return new Problem(why, retryAfter, Headers.NONE);
    }

    /// The same with one more header; a value that is no single printable line is our mistake.
    default Reply with(String name, String value) {
        Headers more = headers().with(name, value);
        return switch (this) {
            case Whole(int status, _, Bytes body) -> new Whole(status, more, body);
            case Problem(Verdict.Rejected why, Duration wait, _) -> new Problem(why, wait, more);
            case Streamed(String mediaType, _, Content content) ->
                    new Streamed(mediaType, more, content);
        };
    }

    default int status() {
        return switch (this) {
            case Whole whole -> whole.status;
            case Problem problem -> problem.why.fault().httpStatus();
            case Streamed _ -> 200;
        };
    }
}
