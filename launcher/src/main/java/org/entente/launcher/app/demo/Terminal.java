package org.entente.launcher.app.demo;

import org.entente.client.Refused;
import org.entente.client.cli.command.Program;
import org.entente.client.cli.command.World;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/// The public commands, given as a person would type them, each with `--json`.
public final class Terminal {
    private static final int ANSWER_SIZE_BYTES_MAX = 16 << 20;

    private final World world;
    private final Function<World, Program> programs;

    public Terminal(World world, Function<World, Program> programs) {
        this.world = world;
        this.programs = programs;
    }

    /// @return what the command printed; a refusal of it is thrown
    public JsonNode run(String... line) throws Refused {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        World captured =
                new World(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        world.clock(),
                        world.random(),
                        world.cryptography());
        String[] words =
                Stream.concat(Arrays.stream(line), Stream.of("--json")).toArray(String[]::new);
        int exit = programs.apply(captured).run(words);
        if (exit != 0) {
            throw new Refused(
                    Fault.INVALID_VALUE,
                    "entente "
                            + String.join(" ", line)
                            + ": "
                            + err.toString(StandardCharsets.UTF_8));
        }
        return Json.read(Bytes.copyOf(out.toByteArray()), ANSWER_SIZE_BYTES_MAX).orThrow();
    }
}
