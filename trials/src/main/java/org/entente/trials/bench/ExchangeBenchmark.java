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

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What an exchange costs between real processes on one machine: sealed and settled per second, how
/// long one takes, which process spends the time, beside the least that its signatures cost.
public final class ExchangeBenchmark {
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final int AT_ONCE = 32;
    private static final String SOURCE = "orders/bench";

    private final Ground ground;
    private final Processes processes;
    private final World world;
    private final AtomicInteger keys = new AtomicInteger();

    private ExchangeBenchmark(Path root, int members) throws Exception {
        Path folder = Files.createTempDirectory("exchange-benchmark-");
        this.ground = Ground.in(folder, members);
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
        SignatureCost cost = SignatureCost.measure(Cryptography.fastest());
        System.out.println(cost);
        for (int index = 1; index < arguments.length; index++) {
            int members = Integer.parseInt(arguments[index]);
            ExchangeBenchmark benchmark = new ExchangeBenchmark(Path.of(arguments[0]), members);
            try {
                benchmark.run(members, cost);
            } finally {
                benchmark.processes.close();
            }
        }
    }

    private void run(int members, SignatureCost cost) throws Exception {
        Terminal terminal = new Terminal(world, Main::program);
        new Founding(ground, terminal, world, processes).found();
        try (Town town = new Town(ground, world)) {
            town.put(Market.ORDERS, SOURCE, "{\"goods\": 7}");
            for (Until until : Until.values()) {
                phase(town, until, WARM_UP);
                SortedMap<String, Duration> before = processes.cpu();
                Measured measured = phase(town, until, MEASURED);
                report(members, until, measured, spent(before, processes.cpu()), cost);
            }
        }
    }

    /// @param nanos that each took, ascending
    private record Measured(List<Long> nanos, int failed, Duration took) {
        Measured {
            nanos = List.copyOf(nanos);
        }

        double perSecond() {
            return nanos.size() / (took.toMillis() / 1000.0);
        }

        double millis(double share) {
            return nanos.isEmpty()
                    ? 0
                    : nanos.get(Math.min(nanos.size() - 1, (int) (nanos.size() * share))) / 1e6;
        }
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

    private static SortedMap<String, Duration> spent(
            SortedMap<String, Duration> before, SortedMap<String, Duration> after) {
        TreeMap<String, Duration> spent = new TreeMap<>();
        after.forEach((name, total) ->
                spent.put(name, total.minus(before.getOrDefault(name, Duration.ZERO))));
        return spent;
    }

    private static void report(
            int members,
            Until until,
            Measured measured,
            SortedMap<String, Duration> spent,
            SignatureCost cost) {
        double bound = cost.exchangesPerSecond(members, Runtime.getRuntime().availableProcessors());
        System.out.printf(
                "%d endorsers, until %s: %.0f/s, p50 %.0f ms, p99 %.0f ms, %d failed;"
                        + " %.1f %% of the bound of %.0f/s%n",
                members,
                until.word(),
                measured.perSecond(),
                measured.millis(0.5),
                measured.millis(0.99),
                measured.failed(),
                100 * measured.perSecond() / bound,
                bound);
        spent.forEach((name, time) ->
                System.out.printf(
                        "  %-8s %6.0f µs of CPU per exchange%n",
                        name, time.toNanos() / 1e3 / Math.max(1, measured.nanos().size())));
    }
}
