package org.entente.launcher.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A process of the demo, started by the program's own script. What it prints goes to a file.
final class Child implements AutoCloseable {
    private static final Duration START_TIME_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_TIME_MAX = Duration.ofSeconds(15);
    private static final int SHOWN_LINES = 15;

    private final String name;
    private final Path log;
    private final Process process;
    private final CountDownLatch ready = new CountDownLatch(1);

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /// Begins to start one that serves; [#awaitReady] waits for it.
    static Child start(String name, Path log, Script script, List<String> arguments)
            throws IOException {
        Files.createDirectories(log.getParent());
        Process process =
                script.builder(arguments)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        process.getOutputStream().close();
        Child child = new Child(name, log, process);
        // Reading a pipe holds its carrier: a few of these on virtual threads and all stand still.
        Thread.ofPlatform().daemon().name(name).start(child::follow);
        return child;
    }

    /// Runs one to its end.
    ///
    /// @return what it printed
    static String run(Path log, Script script, List<String> arguments)
            throws IOException, InterruptedException {
        Files.createDirectories(log.getParent());
        Process process =
                script.builder(arguments)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        process.getOutputStream().close();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(
                    String.join(" ", arguments)
                            + " ended with "
                            + process.exitValue()
                            + ": "
                            + printed
                            + last(log));
        }
        return printed;
    }

    void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_TIME_MAX.toNanos();
        while (!ready.await(50, TimeUnit.MILLISECONDS)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(name + " does not start: " + last(log));
            }
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void follow() {
        try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                var file =
                        Files.newBufferedWriter(
                                log, StandardOpenOption.APPEND, StandardOpenOption.CREATE)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line + "\n");
                file.flush();
                if (line.contains(": serving ")) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            // The process has ended, or its log cannot be written: `awaitReady` finds out.
            process.destroy();
        }
    }

    private static String last(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        return "\n"
                + String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    /// @param signal by its name, such as STOP
    void signal(String signal) throws IOException, InterruptedException {
        Process sent =
                new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        if (sent.waitFor() != 0) {
            throw new IOException(signal + " did not reach " + name);
        }
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Asks it to end in good order; one that does not is killed.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
