package org.entente.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.runtime.http.fixture.Serving;
import org.entente.runtime.link.Line;
import org.entente.runtime.link.LineClosed;
import org.entente.runtime.link.LineDialler;
import org.entente.runtime.link.LineHandler;
import org.entente.runtime.link.LineListener;
import org.entente.runtime.link.Pulse;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class LineTest {
    private static final long LIMIT_SECONDS = 20;

    /// Keeps what it hears and why it ended.
    private static final class Kept implements LineListener {
        final BlockingQueue<Bytes> heard = new ArrayBlockingQueue<>(20_000);
        final BlockingQueue<String> ends = new ArrayBlockingQueue<>(4);

        @Override
        public void heard(Bytes message) {
            heard.add(message);
        }

        @Override
        public void closed(String why) {
            ends.add(why);
        }

        Bytes next() throws InterruptedException {
            Bytes message = heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            return message;
        }

        String end() throws InterruptedException {
            String why = ends.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(why).isNotNull();
            return why;
        }
    }

    private static final LineHandler ECHO =
            line ->
                    new LineListener() {
                        @Override
                        public void heard(Bytes message) throws InterruptedException {
                            try {
                                line.send(message);
                            } catch (LineClosed e) {
                                // The test has ended.
                                line.close("gone");
                            }
                        }

                        @Override
                        public void closed(String why) {}
                    };

    private static Line dial(LineDialler dialler, Serving serving, LineHandler handler)
            throws IOException, InterruptedException {
        return dialler.dial(URI.create("ws://" + serving.address() + "/line"), handler);
    }

    @Test
    void messages_come_back_whole_and_in_order() throws Exception {
        Kept kept = new Kept();
        try (Serving serving = Serving.plain(Routes.none().link("/line", ECHO));
                LineDialler dialler = LineDialler.plain()) {
            Line line = dial(dialler, serving, _ -> kept);
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            for (int index = 0; index < 5_000; index++) {
                                line.send(Bytes.utf8("message " + index));
                            }
                        } catch (IOException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            for (int index = 0; index < 5_000; index++) {
                assertThat(kept.next()).isEqualTo(Bytes.utf8("message " + index));
            }
            Bytes largest = Bytes.copyOf(new byte[Line.MESSAGE_SIZE_BYTES_MAX]);
            line.send(largest);
            assertThat(kept.next()).isEqualTo(largest);
            line.close("enough");
            assertThat(kept.end()).isEqualTo("enough");
            assertThatThrownBy(() -> line.send(Bytes.EMPTY)).isInstanceOf(LineClosed.class);
        }
    }

    @Test
    void a_listener_that_does_not_keep_up_stops_the_sender() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger sent = new AtomicInteger();
        LineHandler slow =
                _ ->
                        new LineListener() {
                            @Override
                            public void heard(Bytes message) throws InterruptedException {
                                assertThat(go.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
                            }

                            @Override
                            public void closed(String why) {}
                        };
        int all = 1_000;
        try (Serving serving = Serving.plain(Routes.none().link("/line", slow));
                LineDialler dialler = LineDialler.plain()) {
            Line line = dial(dialler, serving, _ -> new Kept());
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    Bytes message =
                                            Bytes.copyOf(new byte[Line.MESSAGE_SIZE_BYTES_MAX]);
                                    for (int index = 0; index < all; index++) {
                                        line.send(message);
                                        sent.incrementAndGet();
                                    }
                                } catch (IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            // Long enough for all of it, were it not stopped.
            assertThat(sender.join(Duration.ofSeconds(3))).isFalse();
            assertThat(sent.get()).isLessThan(all);
            go.countDown();
            assertThat(sender.join(Duration.ofSeconds(LIMIT_SECONDS))).isTrue();
            assertThat(sent.get()).isEqualTo(all);
        }
    }

    @Test
    void both_ends_are_told_of_an_end() throws Exception {
        Kept served = new Kept();
        BlockingQueue<Line> lines = new ArrayBlockingQueue<>(1);
        Kept dialled = new Kept();
        try (Serving serving =
                        Serving.plain(
                                Routes.none()
                                        .link(
                                                "/line",
                                                line -> {
                                                    lines.add(line);
                                                    return served;
                                                }));
                LineDialler dialler = LineDialler.plain()) {
            dial(dialler, serving, _ -> dialled);
            lines.take().close("displaced");
            assertThat(served.end()).isEqualTo("displaced");
            assertThat(dialled.end()).isNotEmpty();
        }
    }

    @Test
    void a_server_that_stops_ends_its_lines() throws Exception {
        Kept dialled = new Kept();
        try (LineDialler dialler = LineDialler.plain()) {
            Serving serving = Serving.plain(Routes.none().link("/line", ECHO));
            dial(dialler, serving, _ -> dialled);
            serving.close();
            assertThat(dialled.end()).isNotEmpty();
        }
    }

    @Test
    void a_message_too_large_ends_the_line() throws Exception {
        Kept dialled = new Kept();
        try (Serving serving = Serving.plain(Routes.none().link("/line", ECHO));
                LineDialler dialler = LineDialler.plain()) {
            Line line = dial(dialler, serving, _ -> dialled);
            Bytes tooLarge = Bytes.copyOf(new byte[Line.MESSAGE_SIZE_BYTES_MAX + 1]);
            assertThatThrownBy(() -> line.send(tooLarge))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_plain_request_is_told_that_a_line_is_opened_here() throws Exception {
        try (Serving serving = Serving.plain(Routes.none().link("/line", ECHO))) {
            var answer = serving.get("/line");
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("a WebSocket is opened here");
        }
    }

    @Test
    void a_line_on_which_nothing_is_said_lives_on() throws Exception {
        Pulse pulse = new Pulse(Duration.ofMillis(100), Duration.ofSeconds(3));
        Kept kept = new Kept();
        try (Serving serving = Serving.plain(Routes.none().link("/line", pulse, ECHO));
                LineDialler dialler = LineDialler.plain(pulse)) {
            Line line = dial(dialler, serving, _ -> kept);
            // Longer than an end waits that hears nothing, not even an answer to its ping.
            assertThat(kept.ends.poll(4, TimeUnit.SECONDS)).isNull();
            line.send(Bytes.utf8("still here"));
            assertThat(kept.next()).isEqualTo(Bytes.utf8("still here"));
        }
    }

    private static final Pulse QUICK = new Pulse(Duration.ofMillis(50), Duration.ofMillis(400));

    @Test
    void who_dialled_and_then_says_nothing_is_given_up() throws Exception {
        Kept served = new Kept();
        try (Serving serving = Serving.plain(Routes.none().link("/line", QUICK, _ -> served));
                Socket silent = new Socket(serving.address().host(), serving.address().port())) {
            String hello =
                    "GET /line HTTP/1.1\r\nhost: here\r\nconnection: upgrade\r\n"
                            + "upgrade: websocket\r\nsec-websocket-version: 13\r\n"
                            + "sec-websocket-key: "
                            + Base64.getEncoder().encodeToString(new byte[16])
                            + "\r\n\r\n";
            silent.getOutputStream().write(hello.getBytes(StandardCharsets.US_ASCII));
            assertThat(served.end()).startsWith("silent for ");
        }
    }

    @Test
    void a_server_that_says_nothing_is_given_up() throws Exception {
        Kept dialled = new Kept();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LineDialler dialler = LineDialler.plain(QUICK)) {
            CompletableFuture<Socket> silent =
                    CompletableFuture.supplyAsync(() -> acceptAndSayNothing(server));
            dialler.dial(
                    URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/line"), _ -> dialled);
            assertThat(dialled.end()).startsWith("silent for ");
            silent.get().close();
        }
    }

    /// A WebSocket's handshake (RFC 6455 §1.3), and nothing after it.
    ///
    /// @return the connection, which the collector would close if nobody held it
    private static Socket acceptAndSayNothing(ServerSocket server) {
        try {
            Socket socket = server.accept();
            var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            String key = "";
            for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                    key = line.split(":", 2)[1].strip();
                }
            }
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest(
                                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                            .getBytes(StandardCharsets.US_ASCII));
            String answer =
                    "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n"
                            + "connection: upgrade\r\nsec-websocket-accept: "
                            + Base64.getEncoder().encodeToString(digest)
                            + "\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nobody_answers_is_said_so() {
        try (LineDialler dialler = LineDialler.plain()) {
            assertThatThrownBy(() ->
                            dialler.dial(URI.create("ws://127.0.0.1:1/line"), _ -> new Kept()))
                    .isInstanceOf(IOException.class);
        }
    }
}
