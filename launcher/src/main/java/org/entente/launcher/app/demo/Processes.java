package org.entente.launcher.app.demo;

import java.io.IOException;
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
/// of its name.
public final class Processes implements AutoCloseable {
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
    List<String> sideBySide(List<List<String>> lines) throws IOException, InterruptedException {
        List<Future<String>> coming = new ArrayList<>();
        for (List<String> line : lines) {
            FutureTask<String> task =
                    new FutureTask<>(
                            () -> Child.run(ground.path("log").resolve("commands"), script, line));
            Thread.ofPlatform().name("command").start(task);
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

    private static List<String> line(String name) {
        List<String> line = new ArrayList<>();
        if (name.equals("relay")) {
            line.add("relay");
        } else if (isMarket(name)) {
            line.addAll(List.of("chain", "solo"));
        } else {
            line.add("agent");
        }
        line.addAll(List.of("--config", name + ".conf"));
        return line;
    }

    private static boolean isMarket(String name) {
        for (Market market : Market.values()) {
            if (name.startsWith(market.word())) {
                return true;
            }
        }
        return false;
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
