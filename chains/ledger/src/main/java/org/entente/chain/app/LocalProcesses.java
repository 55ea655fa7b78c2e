package org.entente.chain.app;

import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// The processes of a network's nodes on this machine, by their numbers.
public final class LocalProcesses implements AutoCloseable {
    private static final Duration START_TIME_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_TIME_MAX = Duration.ofSeconds(10);

    private final String word;
    private final IntFunction<List<String>> options;
    private final String main;
    private final List<? extends LocalNode<?>> nodes;
    private final TreeMap<Integer, Process> processes = new TreeMap<>();

    /// @param word with which a process says that it serves
    /// @param options of a process's JVM, asked for whenever it is started
    /// @param main whose `main` it runs
    LocalProcesses(
            String word,
            IntFunction<List<String>> options,
            String main,
            List<? extends LocalNode<?>> nodes) {
        this.word = word;
        this.options = options;
        this.main = main;
        this.nodes = nodes;
    }

    /// All of them serve when this returns.
    ///
    /// @param order in which they are started, none waits for the one before
    void start(List<Integer> order) throws Exception {
        for (int index : order) {
            launch(index);
        }
        for (int index : order) {
            awaitServing(index);
        }
    }

    /// Starts a process and does not wait until it serves.
    public void launch(int index) throws IOException {
        LocalNode<?> node = nodes.get(index);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.apply(index));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of("--config", node.configuration().toString()));
        processes.put(
                index,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(node.log().toFile())
                        .start());
    }

    public void awaitServing(int index) throws IOException, InterruptedException, StartRefused {
        Path log = nodes.get(index).log();
        long until = System.nanoTime() + START_TIME_MAX.toNanos();
        while (!Files.readString(log).contains(word + ": serving")) {
            if (System.nanoTime() > until || !running(index).isAlive()) {
                throw new StartRefused(
                        ExitCode.FAILED,
                        "a node does not start: " + lastLine(log) + "; see " + log);
            }
            Thread.sleep(50);
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    /// The process of a node that was started.
    public Process running(int index) {
        Process process = processes.get(index);
        if (process == null) {
            throw new IllegalStateException("node " + index + " was not started");
        }
        return process;
    }

    /// Ends a node as a power cut would.
    public void kill(int index) throws InterruptedException {
        running(index).destroyForcibly().waitFor();
    }

    public void restart(int index) throws Exception {
        launch(index);
        awaitServing(index);
    }

    @Override
    public void close() {
        processes.values().forEach(Process::destroy);
        try {
            for (Process process : processes.values()) {
                if (!process.waitFor(STOP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            processes.values().forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
