package org.entente.runtime.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

import org.entente.protocol.Bytes;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Writes the answer of one call, and ends the connection of a client that does not take it.
///
/// When an answer is due before the body has come, the rest of the body is not read: a little is
/// thrown away (so that a client that writes before it reads still finds its answer), then the
/// connection is left alone for a moment and cut.
final class Answering {
    private static final int DISCARDED_SIZE_MAX = 4 << 20;
    private static final long LINGER_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context loop;
    private final Service service;
    private final Connection connection;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Runnable ended;
    private boolean close;
    private long discarded;
    private long timer = -1;

    Answering(
            Vertx vertx,
            Context loop,
            Service service,
            Connection connection,
            HttpServerRequest request,
            Runnable ended) {
        this.vertx = vertx;
        this.loop = loop;
        this.service = service;
        this.connection = connection;
        this.request = request;
        this.response = request.response();
        this.ended = ended;
    }

    void closeAfterwards() {
        close = true;
        if (!isHttp2()) {
            connection.endsAfterThis();
        }
    }

    void send(Reply reply) {
        switch (reply) {
            case Reply.Whole whole -> send(whole.status(), whole.headers(), whole.body());
            case Reply.Problem problem -> {
                service.metrics().refused(problem.why().fault());
                Headers headers = problem.headers().with("content-type", ProblemJson.MEDIA_TYPE);
                if (!problem.retryAfter().isZero()) {
                    headers =
                            headers.with(
                                    "retry-after", ProblemJson.retryAfter(problem.retryAfter()));
                }
                send(problem.why().fault().httpStatus(), headers, ProblemJson.write(problem));
            }
            case Reply.Streamed _ -> throw new IllegalStateException("a stream has its own way");
        }
    }

    private void send(int status, Headers headers, Bytes body) {
        if (response.closed()) {
            return;
        }
        boolean unread = !request.isEnded();
        if (unread) {
            discardRest();
        }
        head(status, headers);
        if (status != 204 && status != 304) {
            response.putHeader("content-length", Integer.toString(body.size()));
        }
        watch();
        Future<Void> end =
                isHead() || body.isEmpty()
                        ? response.end()
                        : response.end(Buffer.buffer(body.toArray()));
        end.onComplete(_ -> {
            vertx.cancelTimer(timer);
            ended.run();
            if (unread && !request.isEnded()) {
                abandonRest();
            } else if (close) {
                closeSoon();
            }
        });
    }

    /// Lets what is written reach the client first.
    private void closeSoon() {
        vertx.setTimer(
                1,
                _ -> {
                    Future<Void> _ = request.connection().close();
                });
    }

    private void head(int status, Headers headers) {
        response.setStatusCode(status);
        headers.byName().forEach((name, values) -> response.putHeader(name, values));
        response.putHeader("x-content-type-options", "nosniff");
        if (!isHttp2() && (close || service.stopping().get())) {
            closeAfterwards();
            response.putHeader("connection", "close");
        }
    }

    /// A client that does not take the answer in time is cut.
    private void watch() {
        vertx.cancelTimer(timer);
        timer =
                vertx.setTimer(
                        service.configuration().answerTimeMax().toMillis(),
                        _ -> {
                            connection.cut();
                            ended.run();
                        });
    }

    private void discardRest() {
        closeAfterwards();
        request.handler(chunk -> {
            discarded += chunk.length();
            if (discarded > DISCARDED_SIZE_MAX) {
                request.pause();
            }
        });
    }

    private void abandonRest() {
        if (isHttp2()) {
            Future<Void> _ = response.reset(0);
        } else {
            vertx.setTimer(LINGER_MILLIS, _ -> connection.cut());
        }
    }

    /// On the handler's virtual thread, which waits for the client piece by piece.
    void stream(Reply.Streamed streamed) {
        try {
            await(() -> {
                head(200, streamed.headers().with("content-type", streamed.mediaType()));
                response.setChunked(!isHttp2());
                return Future.succeededFuture();
            });
            if (!isHead()) {
                try (Pieces pieces =
                        new Pieces(piece -> await(() -> response.write(Buffer.buffer(piece))))) {
                    streamed.content().writeTo(pieces);
                }
            }
            await(() -> response.end());
            loop.runOnContext(_ -> ended.run());
        } catch (IOException e) {
            loop.runOnContext(_ -> breakOff());
        } catch (Throwable e) {
            Guarded.logged("stream", e);
            loop.runOnContext(_ -> breakOff());
        }
    }

    /// An answer that stops early must not look complete.
    private void breakOff() {
        ended.run();
        if (isHttp2()) {
            Future<Void> _ = response.reset(2);
        } else {
            connection.cut();
        }
    }

    private void await(Supplier<Future<Void>> write) throws IOException {
        CompletableFuture<Void> written = new CompletableFuture<>();
        loop.runOnContext(_ -> {
            try {
                write.get().onSuccess(written::complete).onFailure(written::completeExceptionally);
            } catch (RuntimeException e) {
                written.completeExceptionally(e);
            }
        });
        try {
            written.get(service.configuration().answerTimeMax().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the client does not take the answer", e);
        } catch (ExecutionException e) {
            throw new IOException("the client is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private boolean isHead() {
        return HttpMethod.HEAD.equals(request.method());
    }

    private boolean isHttp2() {
        return request.version() == HttpVersion.HTTP_2;
    }

    /// A fixed set of words, since a client chooses its methods freely.
    static String methodName(HttpServerRequest request) {
        String name = request.method() == null ? "" : request.method().name();
        return switch (name) {
            case "GET", "HEAD", "POST", "PUT", "DELETE" -> name.toLowerCase(Locale.ROOT);
            default -> "other";
        };
    }
}
