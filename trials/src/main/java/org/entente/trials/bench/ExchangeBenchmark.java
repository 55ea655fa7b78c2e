package org.entente.trials.bench;

import org.entente.certs.Cryptography;
import org.entente.client.Exchanges;
import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Patience;
import org.entente.client.Plan;
import org.entente.client.TransactionFolder;
import org.entente.client.Until;
import org.entente.client.cli.command.World;
import org.entente.launcher.Main;
import org.entente.launcher.app.demo.Founding;
import org.entente.launcher.app.demo.Ground;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Processes;
import org.entente.launcher.app.demo.Script;
import org.entente.launcher.app.demo.Terminal;
import org.entente.launcher.app.demo.Town;
import org.entente.protocol.Bytes;
import org.entente.protocol.Name;
import org.entente.registry.contract.FlowName;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What an exchange costs between real processes on one machine: settled and sealed per second, how
/// long one takes, and where the time goes, beside the least that its signatures, hashes and forced
/// writes cost.
public final class ExchangeBenchmark {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration WARM_UP_MAX = Duration.ofMinutes(6);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final Duration SAMPLED = Duration.ofSeconds(20);

    /// Warm is who has not become faster by a twentieth in as many windows.
    private static final int WINDOWS_WITHOUT_GAIN = 6;

    private static final double GAIN = 1.05;
    private static final int AT_ONCE = 32;
    private static final String SOURCE = "orders/bench";

    private final Path folder;
    private final Ground ground;
    private final Processes processes;
    private final World world;
    private final AtomicInteger keys = new AtomicInteger();

    private ExchangeBenchmark(Path root, Path folder, int members) throws Exception {
        this.folder = folder;
        this.ground = Ground.in(folder, members, Map.of());
        this.processes = new Processes(ground, new Script(root.resolve("entente"), folder));
        this.world =
                new World(
                        System.out,
                        System.err,
                        false,
                        InstantSource.system(),
                        new SecureRandom(),
                        Cryptography::fastest);
    }

    /// @param arguments the project's folder, then how many endorsers, once or more
    public static void main(String[] arguments) throws Exception {
        for (int index = 1; index < arguments.length; index++) {
            int members = Integer.parseInt(arguments[index]);
            Path folder = Files.createTempDirectory("exchange-benchmark-");
            ExchangeBenchmark benchmark =
                    new ExchangeBenchmark(Path.of(arguments[0]), folder, members);
            try {
                benchmark.run(members);
            } finally {
                benchmark.processes.close();
            }
        }
    }

    private void run(int members) throws Exception {
        Terminal terminal = new Terminal(world, Main::program);
        new Founding(ground, terminal, world, processes).found();
        try (Town town = new Town(ground, world)) {
            town.put(Market.ORDERS, SOURCE, "{\"goods\": 7}");
            // Before anything is sealed and left to be settled behind what is measured.
            for (Until until : List.of(Until.SETTLED, Until.SEALED)) {
                warm(town, until);
                UnitCosts costs = UnitCosts.measure(Cryptography.fastest(), folder);
                System.out.println(costs);
                SortedMap<String, Computed> before = computed();
                Measured measured = phase(town, until, MEASURED);
                SortedMap<String, Computed> after = computed();
                Report.rate(members, until, measured, costs);
                SortedMap<String, Samples> samples = sampled(town, until);
                for (var each : samples.entrySet()) {
                    Report.process(
                            each.getKey(),
                            since(before, after, each.getKey()),
                            each.getValue(),
                            measured.count(),
                            SAMPLED.toMillis() / (double) MEASURED.toMillis());
                }
            }
        }
    }

    private static Computed since(
            SortedMap<String, Computed> before, SortedMap<String, Computed> after, String name) {
        Computed first = before.get(name);
        Computed last = after.get(name);
        if (first == null || last == null) {
            throw new IllegalStateException(name + " came or went while it was measured");
        }
        return last.since(first);
    }

    /// Until the compilers have done their work, as far as anyone can see.
    private void warm(Town town, Until until) throws Exception {
        double best = 0;
        int without = 0;
        long end = System.nanoTime() + WARM_UP_MAX.toNanos();
        while (without < WINDOWS_WITHOUT_GAIN && System.nanoTime() < end) {
            double rate = phase(town, until, WINDOW).perSecond();
            System.out.printf("warming up until %s: %.0f/s%n", until.word(), rate);
            without = rate > best * GAIN ? 0 : without + 1;
            best = Math.max(best, rate);
        }
    }

    private SortedMap<String, Long> pids() {
        TreeMap<String, Long> pids = new TreeMap<>(processes.pids());
        pids.put("askers", ProcessHandle.current().pid());
        return pids;
    }

    private SortedMap<String, Computed> computed() throws IOException {
        TreeMap<String, Computed> computed = new TreeMap<>();
        for (var each : pids().entrySet()) {
            computed.put(each.getKey(), Computed.of(each.getValue()));
        }
        return computed;
    }

    /// Apart from the measuring, which it would slow down.
    private SortedMap<String, Samples> sampled(Town town, Until until) throws Exception {
        for (long pid : pids().values()) {
            Samples.begin(pid);
        }
        phase(town, until, SAMPLED);
        TreeMap<String, Samples> samples = new TreeMap<>();
        for (var each : pids().entrySet()) {
            Path file = folder.resolve(each.getKey() + "-" + until.word() + ".jfr");
            samples.put(each.getKey(), Samples.end(each.getValue(), file));
        }
        return samples;
    }

    private Measured phase(Town town, Until until, Duration time) throws Exception {
        ConcurrentLinkedQueue<Long> taken = new ConcurrentLinkedQueue<>();
        AtomicInteger failed = new AtomicInteger();
        long begun = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int asker = 0; asker < AT_ONCE; asker++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> ask(town, until, begun + time.toNanos(), taken, failed)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Measured(
                taken.stream().sorted().toList(),
                failed.get(),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private void ask(
            Town town,
            Until until,
            long end,
            ConcurrentLinkedQueue<Long> taken,
            AtomicInteger failed) {
        Path home = ground.path(Market.ORDERS.requester());
        Cryptography cryptography = world.cryptography().get();
        try (Exchanges exchanges =
                new Exchanges(
                        town.relay(),
                        Patience.STANDARD,
                        new TransactionFolder(home, cryptography),
                        cryptography.verifier(),
                        world.clock(),
                        world.random())) {
            FlowName flow = new FlowName(new Name("trade"), new Name(Market.ORDERS.flow()));
            while (System.nanoTime() < end) {
                String to = Market.CUSTOMS.received() + keys.incrementAndGet();
                Bytes arguments =
                        Bytes.utf8(
                                "{\"copy\":[{\"from\":\"" + SOURCE + "\",\"to\":\"" + to + "\"}]}");
                long begun = System.nanoTime();
                Outcome outcome =
                        exchanges.ask(
                                exchanges.asking(town.alliance(), flow, arguments),
                                Plan.STANDARD.until(until));
                if (outcome.ending() instanceof Outcome.Sealed
                        || outcome.ending() instanceof Outcome.Settled) {
                    taken.add(System.nanoTime() - begun);
                } else {
                    failed.incrementAndGet();
                }
            }
        } catch (Failure e) {
            failed.incrementAndGet();
            System.err.println("an asker stopped: " + e.message());
        }
    }
}
