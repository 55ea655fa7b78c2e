package org.entente.client;

import org.entente.certs.tls.ClientTls;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Sends requests to one server and the same bytes again when that may help: after a lost answer,
/// or when the server asks for it. Every request that passes here is safe to repeat.
final class Wire implements AutoCloseable {
    private static final int PROBLEM_SIZE_BYTES_MAX = 64 * 1024;
    private static final String EVENTS = "text/event-stream";

    private final URI base;
    private final HttpClient http;
    private final Patience patience;
    private final RandomGenerator random;

    Wire(URI base, ClientTls tls, Patience patience, RandomGenerator random) {
        this.base = base;
        this.patience = patience;
        this.random = random;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(tls.context())
                        .connectTimeout(patience.attemptTimeMax())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
    }

    /// What is sent with POST or PUT.
    record Sent(String mediaType, Bytes body, SortedMap<String, String> headers) {
        static Sent of(String mediaType, Bytes body) {
            return new Sent(mediaType, body, new TreeMap<>());
        }

        Sent with(String name, String value) {
            SortedMap<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Sent(mediaType, body, more);
        }
    }

    /// @param attempts how often the bytes were sent; past 1, an earlier sending may have worked
    record Answered(Bytes body, Optional<Problem> problem, int attempts) {
        Bytes orRefuse() throws Refused {
            if (problem.isPresent()) {
                throw new Refused(problem.get());
            }
            return body;
        }
    }

    Bytes get(String path, int sizeMax) throws Refused, Unreachable {
        return get(path, sizeMax, LimitedBody.Excess.REFUSED);
    }

    /// Without waiting for what is there later.
    Bytes getIfReady(String path, int sizeMax) throws Refused, Unreachable {
        return send(
                        request(path).GET().build(),
                        sizeMax,
                        LimitedBody.Excess.REFUSED,
                        problem ->
                                problem.allowsSame()
                                        && !problem.fault().equals(Optional.of(Fault.NOT_YET)))
                .orRefuse();
    }

    Bytes get(String path, int sizeMax, LimitedBody.Excess excess) throws Refused, Unreachable {
        return send(request(path).GET().build(), sizeMax, excess).orRefuse();
    }

    /// With headers of its own; a refusal is left in the answer.
    Answered get(String path, SortedMap<String, String> headers, int sizeMax)
            throws Refused, Unreachable {
        HttpRequest.Builder request = request(path).GET();
        headers.forEach(request::header);
        return send(request.build(), sizeMax, LimitedBody.Excess.REFUSED);
    }

    /// An answer that goes on until somebody ends it. The time covers its beginning alone.
    InputStream open(String path) throws Refused, Unreachable {
        try {
            HttpResponse<InputStream> response =
                    http.send(
                            request(path).header("Accept", EVENTS).GET().build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            if (isSuccess(response.statusCode())) {
                return response.body();
            }
            try (InputStream body = response.body()) {
                byte[] words = body.readNBytes(PROBLEM_SIZE_BYTES_MAX);
                throw new Refused(Problem.parse(response.statusCode(), Bytes.copyOf(words)));
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    Answered post(String path, Sent sent, int sizeMax) throws Refused, Unreachable {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", sent.mediaType)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(sent.body.toArray()));
        for (Map.Entry<String, String> header : sent.headers.entrySet()) {
            request.header(header.getKey(), header.getValue());
        }
        return send(request.build(), sizeMax, LimitedBody.Excess.REFUSED);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(patience.attemptTimeMax());
    }

    private Answered send(HttpRequest request, int sizeMax, LimitedBody.Excess excess)
            throws Refused, Unreachable {
        return send(request, sizeMax, excess, Problem::allowsSame);
    }

    /// @param again whether the same is sent once more after this problem
    private Answered send(
            HttpRequest request, int sizeMax, LimitedBody.Excess excess, Predicate<Problem> again)
            throws Refused, Unreachable {
        long end = System.nanoTime() + patience.timeMax().toNanos();
        for (int attempt = 1; ; attempt++) {
            Duration wait = patience.wait(attempt, random);
            Optional<IOException> lost = Optional.empty();
            Optional<Answered> answered = Optional.empty();
            try {
                answered = Optional.of(once(request, sizeMax, excess, attempt));
                if (answered.get().problem.filter(again).isEmpty()) {
                    return answered.get();
                }
                wait = answered.get().problem.flatMap(Problem::retryAfter).orElse(wait);
            } catch (LimitedBody.TooLarge e) {
                throw new Refused(Fault.TOO_LARGE, e.getMessage() + " from " + request.uri());
            } catch (IOException e) {
                lost = Optional.of(e);
            }
            boolean over = System.nanoTime() + wait.toNanos() >= end;
            if (lost.isPresent() && (over || !isWorthAnother(lost.get()))) {
                throw unreachable(lost.get());
            }
            if (over) {
                return answered.orElseThrow();
            }
            pause(wait);
        }
    }

    /// The time covers the whole body, not only its beginning.
    private Answered once(HttpRequest request, int sizeMax, LimitedBody.Excess excess, int attempt)
            throws IOException, Unreachable {
        CompletableFuture<HttpResponse<Bytes>> coming =
                http.sendAsync(
                        request,
                        head ->
                                isSuccess(head.statusCode())
                                        ? new LimitedBody(sizeMax, excess)
                                        : new LimitedBody(
                                                PROBLEM_SIZE_BYTES_MAX,
                                                LimitedBody.Excess.REFUSED));
        try {
            HttpResponse<Bytes> response =
                    coming.get(patience.attemptTimeMax().toMillis(), TimeUnit.MILLISECONDS);
            return new Answered(
                    response.body(),
                    isSuccess(response.statusCode())
                            ? Optional.empty()
                            : Optional.of(Problem.parse(response.statusCode(), response.body())),
                    attempt);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new IOException("no whole answer within " + patience.attemptTimeMax(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException lost
                    ? lost
                    : new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            coming.cancel(true);
            throw interrupted();
        }
    }

    /// A server with the wrong key will have the wrong key again; one that stops in the middle of a
    /// handshake may be back at once.
    private static boolean isWorthAnother(IOException lost) {
        for (Throwable cause = lost; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return false;
            }
        }
        return true;
    }

    private Unreachable unreachable(IOException why) {
        return !isWorthAnother(why)
                ? new Unreachable(
                        Unreachable.Kind.WRONG_SERVER,
                        base + " is not the server that was expected: " + words(why),
                        "Compare the certificate file with the one that the server shows now.")
                : new Unreachable(
                        Unreachable.Kind.NO_ANSWER,
                        base + " gives no answer: " + words(why),
                        "Is the process running, and is the address right? The same command may be"
                                + " given again.");
    }

    private static String words(Throwable why) {
        Throwable last = why;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null
                ? last.getClass().getSimpleName()
                : last.getClass().getSimpleName() + ": " + last.getMessage();
    }

    /// Waits a little before it is tried again.
    void rest() throws Unreachable {
        pause(patience.wait(2, random));
    }

    private void pause(Duration wait) throws Unreachable {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private Unreachable interrupted() {
        Thread.currentThread().interrupt();
        return new Unreachable(
                Unreachable.Kind.INTERRUPTED,
                "interrupted while waiting for " + base,
                "Give the command again.");
    }

    private static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
