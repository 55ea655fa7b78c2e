package org.entente.launcher.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// The demo's processes by name: the relay, the chains, the agents. Each is configured by the file
/// of its name, which says what it is.
public final class Processes implements AutoCloseable {
    private static final String PROCESS = "process = ";
    private static final List<String> CHAINS =
            List.of(Making.values()).stream().map(Making::word).toList();

    private final Ground ground;
    private final Script script;
    private final SortedMap<String, Child> running = new ConcurrentSkipListMap<>();

    public Processes(Ground ground, Script script) {
        this.ground = ground;
        this.script = script;
    }

    /// Starts all of them side by side and waits until each serves.
    public void start(List<String> names) throws IOException, InterruptedException {
        List<Child> started = new ArrayList<>();
        for (String name : names) {
            Child child = Child.start(name, ground.path("log").resolve(name), script, line(name));
            running.put(name, child);
            started.add(child);
        }
        for (Child child : started) {
            child.awaitReady();
        }
    }

    /// Ends one in good order.
    public void stop(String name) {
        Child child = running.remove(name);
        if (child != null) {
            child.close();
        }
    }

    /// Ends one at once, as a crash would.
    public void kill(String name) {
        Child child = running.remove(name);
        if (child != null) {
            child.kill();
        }
    }

    /// Holds one where it is: it neither answers nor ends its connections.
    public void suspend(String name) throws IOException, InterruptedException {
        child(name).signal("STOP");
    }

    /// Lets one go on that was held.
    public void resume(String name) throws IOException, InterruptedException {
        child(name).signal("CONT");
    }

    private Child child(String name) {
        Child child = running.get(name);
        if (child == null) {
            throw new IllegalArgumentException(name + " does not run");
        }
        return child;
    }

    public SortedMap<String, Long> pids() {
        TreeMap<String, Long> pids = new TreeMap<>();
        running.forEach((name, child) -> pids.put(name, child.pid()));
        return pids;
    }

    /// Those that have ended though nobody asked them to.
    public List<String> fallen() {
        return running.entrySet().stream()
                .filter(each -> !each.getValue().isAlive())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Runs commands that end by themselves, all at once.
    ///
    /// @return what each printed, in their order
    public List<String> sideBySide(List<List<String>> lines)
            throws IOException, InterruptedException {
        List<Future<String>> coming = new ArrayList<>();
        for (List<String> line : lines) {
            FutureTask<String> task =
                    new FutureTask<>(
                            () -> Child.run(ground.path("log").resolve("commands"), script, line));
            // A platform thread, since it reads a pipe.
            Thread.ofPlatform().daemon().name("command").start(task);
            coming.add(task);
        }
        List<String> printed = new ArrayList<>();
        for (Future<String> each : coming) {
            try {
                printed.add(each.get());
            } catch (ExecutionException e) {
                throw new IOException(String.valueOf(e.getCause()), e);
            }
        }
        return printed;
    }

    private List<String> line(String name) throws IOException {
        Path file = ground.path(name + ".conf");
        List<String> line = new ArrayList<>();
        for (String each : Files.readAllLines(file)) {
            if (each.startsWith(PROCESS)) {
                String process = each.substring(PROCESS.length());
                line.addAll(
                        CHAINS.contains(process) ? List.of("chain", process) : List.of(process));
            }
        }
        line.addAll(List.of("--config", name + ".conf"));
        return line;
    }

    /// Agents first, then the relay, then the chains: nobody misses whom it needs for its own end.
    @Override
    public void close() {
        List<String> order = new ArrayList<>();
        ground.members().forEach(party -> order.add(party.word()));
        order.add("relay");
        order.addAll(running.keySet());
        order.forEach(this::stop);
    }
}
