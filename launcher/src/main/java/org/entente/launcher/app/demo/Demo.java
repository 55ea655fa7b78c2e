package org.entente.launcher.app.demo;

import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Unusable;
import org.entente.client.cli.command.Answer;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Fields;
import org.entente.client.cli.command.Parameter;
import org.entente.client.cli.command.Program;
import org.entente.client.cli.command.Usage;
import org.entente.client.cli.command.World;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// `demo`: a relay, three agents, an industrial chain and one by proof of rest, an alliance, and
/// exchanges of every outcome.
public final class Demo implements Command {
    private static final Parameter<String> ONCE =
            Parameter.flag("--once", "play twenty exchanges in a fresh folder, then end");
    private static final Parameter<Path> DIRECTORY =
            Parameter.optional(
                    "--directory",
                    "DIR",
                    "where everything lies; entente-demo, or with --once a fresh folder",
                    Path::of);
    private static final Map<Market, Making> CHAINS =
            Map.of(Market.ORDERS, Making.INDUSTRIAL, Market.CUSTOMS, Making.POR);
    private static final int MEMBERS = 3;
    private static final int EXCHANGES = 20;
    private static final int FIRST_PLAIN = 5;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// Certificates for asking hold for a day.
    private static final Duration CERTIFIED_TIME_MAX = Duration.ofHours(12);

    private final Function<World, Program> programs;

    /// @param programs the public commands in a world
    public Demo(Function<World, Program> programs) {
        this.programs = programs;
    }

    @Override
    public Usage usage() {
        return new Usage(
                "demo",
                "Start a relay, three agents, an industrial chain and one by proof of rest, of four"
                    + " nodes each, here, found an alliance by the public commands, and exchange:"
                    + " what was measured against what was permitted; applied, stale, refused,"
                    + " outside the contract, disagreed with.",
                "DIR; processes that run until Ctrl-C, or to the end of --once.",
                "entente demo --once --json",
                List.of(ONCE, DIRECTORY));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try {
            Ground ground = Ground.in(folder(call), MEMBERS, CHAINS);
            Script script = Script.found(ground.folder());
            Script.makeKeyFilesQuickly();
            try (Processes processes = new Processes(ground, script)) {
                // Whoever ends the demo from outside ends what it started.
                Runtime.getRuntime().addShutdownHook(new Thread(processes::close, "demo-end"));
                return call.has(ONCE)
                        ? once(call, ground, processes)
                        : forEver(call, ground, processes);
            }
        } catch (IOException e) {
            throw new Unusable("the demo broke: " + e.getMessage(), "See log/ in its folder.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unusable("interrupted", "Give the command again.");
        }
    }

    private static Path folder(Call call) throws IOException {
        return call.has(ONCE) && !call.has(DIRECTORY)
                ? Files.createTempDirectory("entente-demo-")
                : call.value(DIRECTORY, Path.of("entente-demo"));
    }

    private Founding founding(Call call, Ground ground, Processes processes) {
        return new Founding(ground, terminal(call), call.world(), processes);
    }

    private Terminal terminal(Call call) {
        return new Terminal(call.world(), programs);
    }

    private void found(Call call, Ground ground, Processes processes)
            throws Failure, IOException, InterruptedException {
        said(call, "founding an alliance of alpha, beta and gamma in " + ground.folder());
        founding(call, ground, processes).found();
        for (Press press : presses(call, ground, processes).values()) {
            press.device().register();
        }
    }

    /// Of the chains that are industrial.
    private SortedMap<Market, Press> presses(Call call, Ground ground, Processes processes) {
        TreeMap<Market, Press> presses = new TreeMap<>();
        for (Market market : Market.values()) {
            if (ground.making(market) == Making.INDUSTRIAL) {
                Device device = new Device(ground, market, terminal(call), processes);
                presses.put(market, new Press(device, terminal(call), call.world().clock()));
            }
        }
        return presses;
    }

    private Answer once(Call call, Ground ground, Processes processes)
            throws Failure, IOException, InterruptedException {
        long begun = System.nanoTime();
        if (ground.isFounded()) {
            throw new Unusable(
                    ground.folder() + " holds a demo already",
                    "Name a folder that does not exist.");
        }
        found(call, ground, processes);
        Tally tally = new Tally();
        try (Town town = new Town(ground, call.world());
                PublicLog log = new PublicLog(town.relay(), town.alliance())) {
            SortedMap<Market, Press> presses = presses(call, ground, processes);
            Scenes scenes = new Scenes(town, presses, tally, line -> said(call, line));
            scenes.plain(FIRST_PLAIN);
            Outcome one = scenes.order();
            scenes.contended();
            new Copies(log, tally).submittedTwice(one);
            said(call, "the same submission again was rejected: STALE_READ");
            scenes.outside();
            scenes.refused();
            disagreed(call, ground, processes, scenes, log, tally);
            for (Press press : presses.values()) {
                new Withdrawal(press, tally).play();
                said(call, "the press' certificate was withdrawn, what its key signs is refused");
            }
            scenes.plain(Math.max(1, EXCHANGES - tally.exchanges()));
        }
        processes.fallen().forEach(name -> tally.surprise(name + " has ended by itself"));
        return answer(
                ground, tally, Duration.ofNanos(System.nanoTime() - begun), memory(processes));
    }

    /// Of all processes, this one too.
    private static Optional<Memory> memory(Processes processes) throws IOException {
        List<Long> pids = new ArrayList<>(processes.pids().values());
        pids.add(ProcessHandle.current().pid());
        return Memory.of(pids);
    }

    private void disagreed(
            Call call,
            Ground ground,
            Processes processes,
            Scenes scenes,
            PublicLog log,
            Tally tally)
            throws Failure, IOException, InterruptedException {
        boolean disagreed =
                new StaleBackup(ground, processes, terminal(call), log).during(scenes::again);
        tally.expect(disagreed, "nobody noted that gamma disagreed");
        if (disagreed) {
            tally.rejected(Fault.DISAGREEMENT.name());
        }
        said(call, "gamma's agent disagreed, the two others were enough");
    }

    private static Answer answer(
            Ground ground, Tally tally, Duration took, Optional<Memory> memory) {
        double seconds = Math.round(took.toMillis() / 100.0) / 10.0;
        Fields rejected = Fields.empty();
        tally.rejections().forEach(rejected::and);
        Path receipts = ground.path("receipts");
        Answer answer =
                Answer.of(
                                List.of(
                                        tally.exchanges()
                                                + " exchanges in "
                                                + seconds
                                                + " s: "
                                                + tally.appliedCount()
                                                + " applied, rejections "
                                                + tally.rejections(),
                                        "memory: "
                                                + memory.map(Memory::toString)
                                                        .orElse("not known here"),
                                        "receipts in " + receipts),
                                Fields.of("exchanges", tally.exchanges())
                                        .and("applied", tally.appliedCount())
                                        .and("rejected", rejected)
                                        .and("perRoute", perRoute(ground, tally))
                                        .and("seconds", seconds)
                                        .and("processes", memory.map(Memory::count))
                                        .and("memoryMiB", memory.map(Memory::mebibytes))
                                        .and("receipts", receipts)
                                        .and("surprises", tally.surprises()))
                        .next("entente verify FILE --alliance ID, with a file of " + receipts);
        return tally.surprises().isEmpty()
                ? answer
                : answer.refusedBy(
                        Verdict.rejected(Fault.INTERNAL, String.join("; ", tally.surprises())));
    }

    private static List<Fields> perRoute(Ground ground, Tally tally) {
        List<Fields> routes = new ArrayList<>();
        for (Market from : Market.values()) {
            routes.add(
                    Fields.of("from", ground.chain(from))
                            .and("to", ground.chain(from.other()))
                            .and("applied", tally.appliedCount(from))
                            .and("medianSeconds", tally.medianSeconds(from)));
        }
        return routes;
    }

    private Answer forEver(Call call, Ground ground, Processes processes)
            throws Failure, IOException, InterruptedException {
        SortedMap<Market, Press> presses = presses(call, ground, processes);
        if (ground.isFounded()
                && presses.values().stream().allMatch(it -> it.device().isRegistered())) {
            said(call, "going on with what is in " + ground.folder());
            processes.start(ground.processes());
            founding(call, ground, processes).certify();
        } else if (Files.exists(ground.path("relay.conf"))) {
            throw new Unusable(
                    ground.folder() + " holds a demo that was never founded whole, or is too old",
                    "Remove the folder and begin again.");
        } else {
            found(call, ground, processes);
        }
        long certified = System.nanoTime();
        Tally tally = new Tally();
        try (Town town = new Town(ground, call.world())) {
            Scenes scenes = new Scenes(town, presses, tally, call.progress()::say);
            scenes.plain(2);
            for (String line : new Screen(ground, memory(processes)).lines()) {
                said(call, line);
            }
            while (processes.fallen().isEmpty() && tally.surprises().isEmpty()) {
                Thread.sleep(PAUSE);
                scenes.plain(2);
                if (System.nanoTime() - certified > CERTIFIED_TIME_MAX.toNanos()) {
                    founding(call, ground, processes).certify();
                    certified = System.nanoTime();
                }
            }
        }
        processes.fallen().forEach(name -> tally.surprise(name + " has ended by itself"));
        return answer(ground, tally, Duration.ZERO, Optional.empty());
    }

    private static void said(Call call, String line) {
        call.world().err().println(line);
        call.world().err().flush();
    }
}
