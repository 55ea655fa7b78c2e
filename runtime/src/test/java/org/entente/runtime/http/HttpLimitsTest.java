package org.entente.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.runtime.http.fixture.RawClient;
import org.entente.runtime.http.fixture.Serving;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Clients that are too large, too slow or too many.
@Timeout(60)
final class HttpLimitsTest {
    private static final long GIGABYTE = 1L << 30;
    private static final String POST_ECHO = "POST /echo HTTP/1.1\r\nhost: h\r\n";
    private static final Routes ECHO =
            Routes.none()
                    .post("/echo", request -> Reply.bytes("text/plain", request.body()))
                    .get("/hello", _ -> Reply.bytes("text/plain", Bytes.utf8("hello")));

    private static HttpServerConfiguration impatient(int slots, int queue) {
        return waiting(Duration.ofMillis(600), slots, queue);
    }

    /// For a test of room: on a busy machine no time is over before the room is.
    private static HttpServerConfiguration patient(int slots, int queue) {
        return waiting(Duration.ofSeconds(30), slots, queue);
    }

    private static HttpServerConfiguration waiting(Duration timeMax, int slots, int queue) {
        return new HttpServerConfiguration(
                Serving.ANY_PORT,
                slots,
                queue,
                Duration.ofSeconds(20),
                100,
                8 << 20,
                timeMax,
                timeMax,
                timeMax);
    }

    /// Sends pieces until the server refuses to take more.
    private static long sendUntilRefused(RawClient client, byte[] piece) {
        long sent = 0;
        try {
            OutputStream out = client.socket().getOutputStream();
            while (sent < GIGABYTE) {
                out.write(piece);
                sent += piece.length;
            }
        } catch (IOException e) {
            return sent;
        }
        return sent;
    }

    private static long heapUsed() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void refusesGigabyte(String header, byte[] piece) throws Exception {
        try (Serving serving = Serving.plain(ECHO);
                RawClient client = serving.raw();
                ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
            long before = heapUsed();
            client.send(POST_ECHO + header + "\r\n\r\n");
            Future<Long> sent = sender.submit(() -> sendUntilRefused(client, piece));
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 413").contains("TOO_LARGE");
            long total = sent.get();
            assertThat(total).as("bytes the server let in").isLessThan(64 << 20);
            assertThat(heapUsed() - before).as("heap").isLessThan(32 << 20);
            assertThat(serving.get("/hello").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_declared_gigabyte_is_refused_without_reading_it() throws Exception {
        refusesGigabyte("content-length: " + GIGABYTE, new byte[64 << 10]);
    }

    @Test
    void a_chunked_gigabyte_is_refused_without_reading_it() throws Exception {
        byte[] piece = new byte[0x10000 + 9];
        System.arraycopy(ascii("10000\r\n"), 0, piece, 0, 7);
        System.arraycopy(ascii("\r\n"), 0, piece, 0x10000 + 7, 2);
        refusesGigabyte("transfer-encoding: chunked", piece);
    }

    @Test
    void a_client_that_writes_before_it_reads_still_finds_its_answer() throws Exception {
        try (Serving serving = Serving.plain(ECHO)) {
            HttpResponse<String> answer = serving.post("/echo", "a".repeat(3 << 20));
            assertThat(answer.statusCode()).isEqualTo(413);
        }
    }

    @Test
    void a_client_that_asks_before_it_sends_is_told_not_to() throws Exception {
        try (Serving serving = Serving.plain(ECHO);
                RawClient client = serving.raw()) {
            client.send(POST_ECHO + "expect: 100-continue\r\ncontent-length: 2000000\r\n\r\n");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void a_body_on_an_address_that_takes_none_is_refused() throws Exception {
        try (Serving serving = Serving.plain(ECHO);
                RawClient client = serving.raw()) {
            client.send("GET /hello HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nabc");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void a_client_that_is_slow_with_its_header_is_cut() throws Exception {
        try (Serving serving = Serving.plain(impatient(4, 4), ECHO);
                RawClient silent = serving.raw();
                RawClient slow = serving.raw()) {
            slow.send("GET /hello HTTP/1.1\r\nx: ");
            assertThat(silent.readToEnd()).isEmpty();
            assertThat(slow.readToEnd()).isEmpty();
        }
    }

    @Test
    void a_client_that_drips_its_header_is_cut_too() throws Exception {
        try (Serving serving = Serving.plain(impatient(4, 4), ECHO);
                RawClient client = serving.raw()) {
            client.send("GET /hello HTTP/1.1\r\n");
            Thread drip =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (true) {
                                        client.send("x");
                                        Thread.sleep(50);
                                    }
                                } catch (IOException | InterruptedException e) {
                                    return;
                                }
                            });
            try {
                assertThat(client.readToEnd()).isEmpty();
            } catch (IOException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
            drip.join();
        }
    }

    @Test
    void a_client_that_is_slow_with_its_body_is_told_and_cut() throws Exception {
        try (Serving serving = Serving.plain(impatient(4, 4), ECHO);
                RawClient client = serving.raw()) {
            client.send(POST_ECHO + "content-length: 10\r\n\r\nab");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 408").contains("TOO_SLOW");
        }
    }

    @Test
    void a_client_that_does_not_read_its_answer_is_cut() throws Exception {
        CountDownLatch brokenOff = new CountDownLatch(1);
        Routes routes =
                ECHO.get("/large", _ -> Reply.bytes("text/plain", Bytes.copyOf(new byte[48 << 20])))
                        .get(
                                "/endless",
                                _ ->
                                        Reply.stream(
                                                "text/plain",
                                                body -> {
                                                    try {
                                                        while (true) {
                                                            body.write(new byte[1 << 16]);
                                                        }
                                                    } finally {
                                                        brokenOff.countDown();
                                                    }
                                                }));
        try (Serving serving = Serving.plain(impatient(4, 4), routes);
                RawClient large = serving.raw();
                RawClient endless = serving.raw()) {
            large.send("GET /large HTTP/1.1\r\nhost: h\r\n\r\n");
            endless.send("GET /endless HTTP/1.1\r\nhost: h\r\n\r\n");
            assertThat(brokenOff.await(20, TimeUnit.SECONDS)).isTrue();
            // Idle until the server has given up on both, then read what had been under way.
            while (!serving.metrics().scrape().contains("entente_http_inflight 0.0")) {
                Thread.onSpinWait();
            }
            assertThat(drained(large)).isLessThan(48 << 20);
            assertThat(drained(endless)).isLessThan(48 << 20);
        }
    }

    private static long drained(RawClient client) {
        long size = 0;
        try {
            InputStream in = client.socket().getInputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
            }
        } catch (IOException e) {
            return size;
        }
        return size;
    }

    @Test
    void requests_beyond_slots_and_queue_are_refused_and_the_others_finish() throws Exception {
        int slots = 3;
        int queue = 2;
        CountDownLatch running = new CountDownLatch(slots);
        CountDownLatch open = new CountDownLatch(1);
        Routes routes =
                ECHO.get(
                        "/wait",
                        _ -> {
                            running.countDown();
                            open.await();
                            return Reply.empty(204);
                        });
        routes =
                routes.get(
                        "/health",
                        Limits.standard().reserved(),
                        _ -> Reply.bytes("text/plain", Bytes.utf8("well")));
        try (Serving serving = Serving.plain(patient(slots, queue), routes);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> ask = () -> serving.get("/wait").statusCode();
            List<Future<Integer>> asked = new ArrayList<>();
            for (int index = 0; index < slots; index++) {
                asked.add(clients.submit(ask));
            }
            running.await();
            for (int index = 0; index < queue; index++) {
                asked.add(clients.submit(ask));
            }
            while (!serving.metrics().scrape().contains("entente_http_waiting 2.0")) {
                Thread.onSpinWait();
            }
            HttpResponse<String> refused = serving.get("/wait");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("OVERLOADED", "\"retryAfterMillis\":1000");
            assertThat(refused.headers().firstValue("retry-after")).contains("1");
            assertThat(serving.get("/health").body()).isEqualTo("well");
            open.countDown();
            for (Future<Integer> each : asked) {
                assertThat(each.get()).isEqualTo(204);
            }
        }
    }

    @Test
    void more_bodies_than_there_is_room_for_are_refused() throws Exception {
        Routes routes =
                Routes.none()
                        .post(
                                "/echo",
                                Limits.standard().bodySizeMax(64 << 20),
                                request -> Reply.empty(204));
        try (Serving serving = Serving.plain(patient(4, 4), routes)) {
            assertThat(serving.post("/echo", "a".repeat(9 << 20)).body()).contains("OVERLOADED");
            assertThat(serving.post("/echo", "a".repeat(7 << 20)).statusCode()).isEqualTo(204);
            assertThat(serving.post("/echo", "a".repeat(7 << 20)).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void a_stop_finishes_what_runs_and_takes_nothing_new() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        Routes routes =
                ECHO.get(
                        "/wait",
                        _ -> {
                            running.countDown();
                            open.await();
                            return Reply.bytes("text/plain", Bytes.utf8("finished"));
                        });
        try (Serving serving = Serving.plain(routes);
                RawClient kept = serving.raw();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            kept.send("GET /hello HTTP/1.1\r\nhost: h\r\n\r\n").readAnswer();
            Future<HttpResponse<String>> asked = clients.submit(() -> serving.get("/wait"));
            running.await();
            Future<Boolean> stopped =
                    clients.submit(() -> serving.server().stop(Duration.ofSeconds(20)));
            assertThat(kept.readToEnd()).as("an idle connection is closed").isEmpty();
            assertThat(isRefused(serving)).isTrue();
            open.countDown();
            assertThat(asked.get().body()).isEqualTo("finished");
            assertThat(stopped.get()).isTrue();
        }
    }

    /// New connections are refused as soon as the stop has reached the acceptor.
    private static boolean isRefused(Serving serving) {
        for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; ) {
            try (RawClient client = serving.raw()) {
                client.send("GET /hello HTTP/1.1\r\nhost: h\r\n\r\n");
                String answer = client.readToEnd();
                if (answer.isEmpty() || answer.contains("STOPPING")) {
                    return true;
                }
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
