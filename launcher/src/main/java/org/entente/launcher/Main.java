package org.entente.launcher;

import org.entente.certs.Cryptography;
import org.entente.client.cli.ClientCommands;
import org.entente.client.cli.command.Command;
import org.entente.client.cli.command.Group;
import org.entente.client.cli.command.Program;
import org.entente.client.cli.command.World;
import org.entente.launcher.app.ConfigCheck;
import org.entente.launcher.app.Doctor;
import org.entente.launcher.app.OwnProcess;
import org.entente.launcher.app.data.DataCommands;
import org.entente.launcher.app.demo.Demo;
import org.entente.launcher.app.solo.SoloCommands;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs one command of `./entente`. The script starts `relay`, `agent`, `chain solo` and `chain
/// por` by itself; here they only stand in the help.
public final class Main {
    private static final int BROKEN = 1;
    private static final String SUMMARY =
            "Entente: a relay and notary service for alliances between blockchains.";

    private Main() {}

    public static void main(String[] arguments) {
        // A JVM without a UTF-8 locale would print question marks.
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        World world =
                new World(
                        out,
                        err,
                        isTerminal(),
                        InstantSource.system(),
                        new SecureRandom(),
                        Cryptography::fastest);
        int exit = run(world, arguments);
        out.flush();
        err.flush();
        System.exit(exit);
    }

    private static boolean isTerminal() {
        Optional<Console> console = Optional.ofNullable(System.console());
        return console.map(Console::isTerminal).orElse(false);
    }

    /// The outermost handler: what nobody foresaw is our mistake.
    private static int run(World world, String... arguments) {
        try {
            return program(world).run(arguments);
        } catch (RuntimeException e) {
            world.err().println("refused: INTERNAL " + e);
            world.err().println("next: report it with the command; ENTENTE_TRACE=1 shows more");
            if (System.getenv("ENTENTE_TRACE") != null) {
                e.printStackTrace(world.err());
            }
            return BROKEN;
        }
    }

    /// All commands, in a world.
    public static Program program(World world) {
        List<Command> single = new ArrayList<>(single());
        single.addAll(List.of(OwnProcess.values()));
        return new Program(SUMMARY, groups(), single, world);
    }

    static List<Group> groups() {
        List<Group> groups = new ArrayList<>(ClientCommands.groups());
        groups.add(
                new Group(
                        "config",
                        "The configuration files of the processes.",
                        () -> List.of(new ConfigCheck())));
        groups.add(SoloCommands.group());
        groups.add(DataCommands.group());
        return groups;
    }

    /// Commands that stand by themselves and run here.
    static List<Command> single() {
        List<Command> single = new ArrayList<>(ClientCommands.single());
        single.add(new Doctor());
        single.add(new Demo(Main::program));
        return single;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
