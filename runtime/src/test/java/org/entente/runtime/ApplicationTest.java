package org.entente.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.runtime.config.Address;
import org.entente.runtime.http.HttpServer;
import org.entente.runtime.http.HttpServerConfiguration;
import org.entente.runtime.http.Reply;
import org.entente.runtime.http.Routes;
import org.entente.runtime.http.fixture.RawClient;
import org.entente.runtime.metrics.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Real processes with a real server, whose threads would keep a JVM alive.
@Timeout(60)
final class ApplicationTest {
    /// Serves; then what the argument says.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Application.run(
                    "program",
                    shutdown -> {
                        HttpServer server =
                                HttpServer.startPlain(
                                        HttpServerConfiguration.standard(
                                                new Address("127.0.0.1", 0)),
                                        Routes.none().get("/slow", _ -> slow()),
                                        new Metrics());
                        shutdown.closing("http", server::stop);
                        System.out.println("port " + server.address().port());
                        switch (arguments[0]) {
                            case "throw" -> throw new IllegalStateException("the disk is gone");
                            case "refuse" ->
                                    throw new StartRefused(ExitCode.USAGE, "2 mistakes\na\nb");
                            case "crash" ->
                                    Thread.ofPlatform()
                                            .name("worker")
                                            .start(() -> {
                                                throw new IllegalStateException("broken");
                                            });
                            default -> System.out.println("ready");
                        }
                    });
        }

        /// Answers only when the process is being ended.
        private static Reply slow() throws InterruptedException {
            CountDownLatch ending = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(ending::countDown));
            System.out.println("in the handler");
            ending.await();
            return Reply.bytes("text/plain", Bytes.utf8("finished"));
        }
    }

    private static Process start(String argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        argument)
                .redirectErrorStream(true)
                .start();
    }

    private static BufferedReader lines(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String said(Process process) throws Exception {
        try (BufferedReader reader = lines(process)) {
            String all = reader.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended").isTrue();
            return all;
        }
    }

    @Test
    void a_process_whose_start_throws_ends_with_one_clear_line() throws Exception {
        Process process = start("throw");
        assertThat(said(process))
                .contains("program: failed to start: java.lang.IllegalStateException: the disk")
                .doesNotContain("\tat ");
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void a_process_that_refuses_to_start_says_why_and_has_its_own_exit_code() throws Exception {
        Process process = start("refuse");
        assertThat(said(process)).contains("program: 2 mistakes\na\nb");
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void a_thread_that_dies_ends_the_process() throws Exception {
        Process process = start("crash");
        assertThat(said(process))
                .contains("uncaught in thread")
                .endsWith(
                        "program: ended by itself: uncaught in thread worker:"
                                + " java.lang.IllegalStateException: broken");
        assertThat(process.exitValue()).isEqualTo(3);
    }

    @Test
    void a_terminated_process_finishes_what_it_answers_and_ends_well() throws Exception {
        Process process = start("serve");
        try (BufferedReader reader = lines(process)) {
            String line = reader.readLine();
            while (!line.startsWith("port ")) {
                line = reader.readLine();
            }
            Address address = new Address("127.0.0.1", Integer.parseInt(line.substring(5)));
            try (RawClient client = new RawClient(address)) {
                client.send("GET /slow HTTP/1.1\r\nhost: h\r\n\r\n");
                while (!line.equals("in the handler")) {
                    line = reader.readLine();
                }
                process.destroy();
                assertThat(client.readAnswer()).endsWith("finished");
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }
}
