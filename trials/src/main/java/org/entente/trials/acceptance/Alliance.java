package org.entente.trials.acceptance;

import org.entente.certs.Cryptography;
import org.entente.client.Failure;
import org.entente.client.cli.command.World;
import org.entente.launcher.Main;
import org.entente.launcher.app.demo.Founding;
import org.entente.launcher.app.demo.Ground;
import org.entente.launcher.app.demo.Making;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Party;
import org.entente.launcher.app.demo.Processes;
import org.entente.launcher.app.demo.PublicLog;
import org.entente.launcher.app.demo.Script;
import org.entente.launcher.app.demo.Terminal;
import org.entente.launcher.app.demo.Town;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A relay, three agents and two chains as processes that have founded an alliance by the public
/// commands.
///
/// @param terminal for the commands of their people
/// @param town for applications and owners of chains
/// @param followed what the log says, as far as it was read
/// @param script that starts the program in a process of its own
public record Alliance(
        Ground ground,
        Processes processes,
        World world,
        Terminal terminal,
        Town town,
        PublicLog log,
        LogTruth followed,
        Script script)
        implements AutoCloseable {
    private static final int MEMBERS = 3;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /// @param root of the project, which is built
    /// @param folder empty, to work in
    /// @param chains that are not made by one node
    public static Alliance found(Path root, Path folder, Map<Market, Making> chains)
            throws Failure, IOException, InterruptedException {
        Ground ground = Ground.in(folder, MEMBERS, chains);
        Script script = new Script(root.resolve("entente"), ground.folder());
        Processes processes = new Processes(ground, script);
        World world =
                new World(
                        System.out,
                        System.err,
                        false,
                        InstantSource.system(),
                        new SecureRandom(),
                        Cryptography::fastest);
        Terminal terminal = new Terminal(world, Main::program);
        try {
            new Founding(ground, terminal, world, processes).found();
            Town town = new Town(ground, world);
            PublicLog log = new PublicLog(town.relay(), town.alliance());
            LogTruth truth =
                    new LogTruth(log, town.alliance(), world.cryptography().get().verifier());
            return new Alliance(ground, processes, world, terminal, town, log, truth, script);
        } catch (Failure | IOException | InterruptedException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    /// Its id, as commands take it.
    String id() {
        return town.alliance().toString();
    }

    /// Where a member's agent keeps its identity.
    Path identity(Party party) {
        return ground.path(party.word()).resolve("agents").resolve("agent-1");
    }

    Path home(Party party) {
        return ground.path(party.word());
    }

    void restart(List<String> names) throws IOException, InterruptedException {
        names.forEach(processes::stop);
        processes.start(names);
    }

    /// Waits until the relay has a link with a member's agent.
    void awaitLink(Party party) throws Failure, IOException, InterruptedException {
        await(
                party.agent() + " is linked",
                () -> log.agent(party).path("connected").asBoolean(false));
    }

    /// What is waited for.
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Failure, IOException, InterruptedException;
    }

    static void await(String what, Condition condition)
            throws Failure, IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited in vain: " + what);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    LogTruth truth() throws Failure {
        return followed.followed();
    }

    /// Faults have stopped: whatever is VALID must come to its end.
    LogTruth settled(Duration limit) throws Failure, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            LogTruth truth = truth();
            if (truth.unsettled() == 0 || System.nanoTime() > end) {
                return truth;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    @Override
    public void close() {
        log.close();
        town.close();
        processes.close();
    }
}
