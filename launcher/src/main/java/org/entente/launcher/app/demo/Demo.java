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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `demo`: a relay, three agents, two chains of different kinds, an alliance, and exchanges of
/// every outcome.
public final class Demo implements Command {
    private static final Parameter<String> ONCE =
            Parameter.flag("--once", "play twenty exchanges in a fresh folder, then end");
    private static final Parameter<Path> DIRECTORY =
            Parameter.optional(
                    "--directory",
                    "DIR",
                    "where everything lies; entente-demo, or with --once a fresh folder",
                    Path::of);
    private static final int MEMBERS = 3;
    private static final int EXCHANGES = 20;
    private static final int FIRST_PLAIN = 5;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Function<World, Program> programs;

    /// @param programs the public commands in a world
    public Demo(Function<World, Program> programs) {
        this.programs = programs;
    }

    @Override
    public Usage usage() {
        return new Usage(
                "demo",
                "Start a relay, three agents, a solo chain and one by proof of rest with four nodes"
                        + " here, found an alliance by the"
                        + " public commands, and exchange: applied, stale, refused, outside the"
                        + " contract, disagreed with.",
                "DIR; processes that run until Ctrl-C, or to the end of --once.",
                "entente demo --once --json",
                List.of(ONCE, DIRECTORY));
    }

    @Override
    public Answer run(Call call) throws Failure {
        try {
            Ground ground = Ground.in(folder(call), MEMBERS, Map.of(Market.CUSTOMS, Making.POR));
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

    private void found(Call call, Ground ground, Processes processes)
            throws Failure, IOException, InterruptedException {
        said(call, "founding an alliance of alpha, beta and gamma in " + ground.folder());
        Terminal terminal = new Terminal(call.world(), programs);
        new Founding(ground, terminal, call.world(), processes).found();
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
            Scenes scenes = new Scenes(town, tally, line -> said(call, line));
            scenes.plain(FIRST_PLAIN);
            Outcome one = scenes.one(Market.ORDERS);
            scenes.contended();
            new Copies(log, tally).submittedTwice(one);
            said(call, "the same submission again was rejected: STALE_READ");
            scenes.outside();
            scenes.refused();
            disagreed(call, ground, processes, scenes, log, tally);
            scenes.plain(Math.max(1, EXCHANGES - tally.exchanges()));
        }
        processes.fallen().forEach(name -> tally.surprise(name + " has ended by itself"));
        return answer(ground, tally, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static void disagreed(
            Call call,
            Ground ground,
            Processes processes,
            Scenes scenes,
            PublicLog log,
            Tally tally)
            throws Failure, IOException, InterruptedException {
        boolean disagreed = new StaleBackup(ground, processes, log).during(scenes::again);
        tally.expect(disagreed, "nobody noted that gamma disagreed");
        if (disagreed) {
            tally.rejected(Fault.DISAGREEMENT.name());
        }
        said(call, "gamma's agent disagreed, the two others were enough");
    }

    private static Answer answer(Ground ground, Tally tally, Duration took) {
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
                                        "receipts in " + receipts),
                                Fields.of("exchanges", tally.exchanges())
                                        .and("applied", tally.appliedCount())
                                        .and("rejected", rejected)
                                        .and("perRoute", perRoute(ground, tally))
                                        .and("seconds", seconds)
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
        if (ground.isFounded()) {
            processes.start(ground.processes());
        } else if (Files.exists(ground.path("relay.conf"))) {
            throw new Unusable(
                    ground.folder() + " holds a demo that was never founded whole",
                    "Remove the folder and begin again.");
        } else {
            found(call, ground, processes);
        }
        where(call, ground);
        Tally tally = new Tally();
        try (Town town = new Town(ground, call.world())) {
            Scenes scenes = new Scenes(town, tally, line -> said(call, line));
            while (processes.fallen().isEmpty() && tally.surprises().isEmpty()) {
                scenes.plain(2);
                Thread.sleep(PAUSE);
            }
        }
        processes.fallen().forEach(name -> tally.surprise(name + " has ended by itself"));
        return answer(ground, tally, Duration.ZERO);
    }

    private static void where(Call call, Ground ground) throws IOException {
        said(call, "relay    " + ground.relay() + ", certificate relay/relay.pem");
        for (Market market : Market.values()) {
            for (URI node : ground.addresses(market)) {
                said(call, ground.chain(market) + " " + node);
            }
        }
        for (Party party : ground.members()) {
            said(call, party.agent() + " " + ground.agent(party));
        }
        said(call, "alliance " + ground.alliance());
        said(call, "folder   " + ground.folder() + "; Ctrl-C ends it, the same command goes on");
    }

    private static void said(Call call, String line) {
        call.world().err().println(line);
        call.world().err().flush();
    }
}
