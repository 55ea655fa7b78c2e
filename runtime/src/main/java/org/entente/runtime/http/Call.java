package org.entente.runtime.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/// One request on its way: header, body, slot, handler, answer.
///
/// `READING → ADMITTED (waiting, then running) → ANSWERING → DONE`; a refusal leads from each to
/// ANSWERING, a lost connection to DONE. All but the handler happens on the connection's event
/// loop.
final class Call {
    private enum Phase {
        READING,
        ADMITTED,
        ANSWERING,
        DONE
    }

    private final Vertx vertx;
    private final Context loop;
    private final Service service;
    private final Connection connection;
    private final HttpServerRequest request;
    private final Answering answering;
    private final long beganNanos = System.nanoTime();

    private Phase phase = Phase.READING;
    private String template = "none";
    private Buffer body = Buffer.buffer();
    private long roomTaken;
    private long timer = -1;
    private Runnable handling = () -> {};
    private Admission admission;

    Call(Vertx vertx, Service service, Connection connection, HttpServerRequest request) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.service = service;
        this.connection = connection;
        this.request = request;
        this.answering = new Answering(vertx, loop, service, connection, request, this::done);
        this.admission = service.shared();
    }

    void begin() {
        service.calls().began();
        connection.requestBegan();
        request.response().closeHandler(_ -> done());
        request.response().exceptionHandler(_ -> {});
        request.exceptionHandler(_ -> {});
        if (service.stopping().get()) {
            refuse(Fault.STOPPING, "the process is stopping");
            return;
        }
        if (!isFramed(request)) {
            answering.closeAfterwards();
            refuse(Fault.MALFORMED, "a transfer-encoding is chunked, and no content-length beside");
            return;
        }
        String path = path();
        String query = request.query() == null ? "" : request.query();
        switch (Target.parse(path, query)) {
            case Parsed.Refused<Target>(Verdict.Rejected why) -> answer(Reply.problem(why));
            case Parsed.Value<Target>(Target target) -> {
                switch (service.routes().find(request.method().name(), target.segments())) {
                    case Routes.Found.Nowhere(Reply reply) -> answer(reply);
                    case Routes.Found.Here(Routes.Route route, var parameters) -> {
                        if (route.line().isPresent() && isUpgrade()) {
                            open(route.line().get());
                        } else {
                            receive(route, parameters, target);
                        }
                    }
                }
            }
        }
    }

    /// What Vert.x could not read as HTTP.
    void beginInvalid() {
        service.calls().began();
        connection.requestBegan();
        request.response().closeHandler(_ -> done());
        Throwable cause = request.decoderResult().cause();
        String name = cause == null ? "" : cause.getClass().getSimpleName();
        answering.closeAfterwards();
        refuse(
                name.startsWith("TooLong") ? Fault.TOO_LARGE : Fault.MALFORMED,
                name.startsWith("TooLong")
                        ? "the request line has at most "
                                + HttpServer.REQUEST_LINE_SIZE_MAX
                                + " bytes, the header "
                                + HttpServer.HEADER_SIZE_MAX
                        : "this is no HTTP request");
    }

    private boolean isUpgrade() {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /// The connection is a line from now on; its end is the line's.
    private void open(Routes.Opened opened) {
        if (request.isSSL() && connection.peer().isEmpty()) {
            refuse(Fault.CERTIFICATE_REQUIRED, "a line is for clients that show a certificate");
            return;
        }
        request.toWebSocket()
                .onSuccess(socket -> {
                    connection.requestBegan();
                    ServedLine.take(
                            vertx, loop, socket, connection.peer().stream().findFirst(), opened);
                    done();
                })
                .onFailure(_ -> connection.cut());
    }

    private void receive(Routes.Route route, SortedMap<String, String> parameters, Target target) {
        template = route.template().text();
        Limits limits = route.limits();
        Headers headers;
        try {
            headers = headers();
        } catch (IllegalArgumentException e) {
            refuse(Fault.MALFORMED, String.valueOf(e.getMessage()));
            return;
        }
        boolean bodyless =
                headers.first("transfer-encoding").isEmpty()
                        && headers.first("content-length").orElse("0").equals("0")
                        && request.isEnded();
        if (!bodyless && !isAccepted(headers, limits)) {
            refuse(Fault.UNSUPPORTED_MEDIA_TYPE, "this address takes " + limits.mediaTypes());
            return;
        }
        if (declaredSize(headers) > limits.bodySizeBytesMax()) {
            refuse(Fault.TOO_LARGE, tooLarge(limits));
            return;
        }
        Duration bodyTimeMax = service.configuration().bodyTimeMax();
        timer =
                vertx.setTimer(
                        bodyTimeMax.toMillis(),
                        _ -> {
                            answering.closeAfterwards();
                            refuse(
                                    Fault.TOO_SLOW,
                                    "the body arrives within " + bodyTimeMax.toMillis() + " ms");
                        });
        request.handler(chunk -> take(chunk, limits));
        request.endHandler(_ -> {
            vertx.cancelTimer(timer);
            if (phase == Phase.READING) {
                admit(route, parameters, target, headers);
            }
        });
        if (headers.first("expect").orElse("").equalsIgnoreCase("100-continue")) {
            Future<Void> _ = request.response().writeContinue();
        }
    }

    private void take(Buffer chunk, Limits limits) {
        if (phase != Phase.READING) {
            return;
        }
        if (body.length() + chunk.length() > limits.bodySizeBytesMax()) {
            refuse(Fault.TOO_LARGE, tooLarge(limits));
            return;
        }
        if (!service.room().take(chunk.length())) {
            refuse(Fault.OVERLOADED, "too many bodies are being received");
            return;
        }
        roomTaken += chunk.length();
        body.appendBuffer(chunk);
    }

    private void admit(
            Routes.Route route,
            SortedMap<String, String> parameters,
            Target target,
            Headers headers) {
        phase = Phase.ADMITTED;
        Request whole =
                new Request(
                        route.method(),
                        path(),
                        parameters,
                        target.query(),
                        headers,
                        Bytes.copyOf(body.getBytes()),
                        connection.peer());
        body = Buffer.buffer();
        admission = service.admission(route.limits().lane());
        handling = () -> handle(route, whole);
        switch (admission.enter(handling)) {
            case RUNNING -> {}
            case WAITING ->
                    timer =
                            vertx.setTimer(
                                    service.configuration().queueTimeMax().toMillis(),
                                    _ -> {
                                        if (admission.withdraw(handling)) {
                                            refuse(Fault.OVERLOADED, "no slot became free in time");
                                        }
                                    });
            case REFUSED -> refuse(Fault.OVERLOADED, "all slots and the queue are taken");
        }
    }

    /// On a virtual thread.
    private void handle(Routes.Route route, Request whole) {
        Reply reply = Guarded.answer(route, whole);
        if (reply instanceof Reply.Streamed streamed) {
            loop.runOnContext(_ -> phase = phase == Phase.DONE ? phase : Phase.ANSWERING);
            answering.stream(streamed);
            return;
        }
        loop.runOnContext(_ -> answer(reply));
    }

    private void refuse(Fault fault, String detail) {
        answer(Reply.problem(Verdict.rejected(fault, detail)));
    }

    private void answer(Reply reply) {
        if (phase == Phase.ANSWERING || phase == Phase.DONE) {
            return;
        }
        vertx.cancelTimer(timer);
        phase = Phase.ANSWERING;
        body = Buffer.buffer();
        answering.send(reply);
    }

    /// The answer is out, or nobody is there to take it.
    private void done() {
        if (phase == Phase.DONE) {
            return;
        }
        phase = Phase.DONE;
        vertx.cancelTimer(timer);
        admission.withdraw(handling);
        service.room().give(roomTaken);
        connection.requestEnded();
        service.metrics()
                .answered(
                        Answering.methodName(request),
                        template,
                        request.response().getStatusCode(),
                        Duration.ofNanos(System.nanoTime() - beganNanos));
        service.calls().ended();
    }

    /// What is not chunked has an end that we do not know ([FramedDecoder] refuses the rest).
    private static boolean isFramed(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.isEmpty()
                || (codings.size() == 1
                        && codings.getFirst().strip().equalsIgnoreCase("chunked")
                        && !request.headers().contains(HttpHeaders.CONTENT_LENGTH));
    }

    private String path() {
        String path = request.path();
        return path == null ? "" : path;
    }

    private Headers headers() {
        Headers headers = Headers.NONE;
        for (var each : request.headers()) {
            if (!each.getKey().startsWith(":")) {
                headers = headers.with(each.getKey(), each.getValue());
            }
        }
        return headers;
    }

    private static boolean isAccepted(Headers headers, Limits limits) {
        String type = headers.first("content-type").orElse("");
        int semicolon = type.indexOf(';');
        String bare = semicolon < 0 ? type : type.substring(0, semicolon);
        return limits.mediaTypes().isEmpty()
                || limits.mediaTypes().contains(bare.strip().toLowerCase(Locale.ROOT));
    }

    private static long declaredSize(Headers headers) {
        String length = headers.first("content-length").orElse("0");
        return length.matches("[0-9]{1,18}") ? Long.parseLong(length) : Long.MAX_VALUE;
    }

    private static String tooLarge(Limits limits) {
        return limits.bodySizeBytesMax() == 0
                ? "this address takes no body"
                : "a body has at most " + limits.bodySizeBytesMax() + " bytes here";
    }
}
