package org.entente.trials.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One bash in one folder, kept over all commands, so that variables and background jobs work as
/// for a person.
public final class Shell implements AutoCloseable {
    private static final String END = "⟪end⟫";

    private final Process bash;
    private final Writer input;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(100_000);

    public record Result(int exitCode, String output) {}

    public Shell(Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "--noprofile", "--norc")
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        builder.environment().putAll(environment);
        this.bash = builder.start();
        this.input = bash.outputWriter(StandardCharsets.UTF_8);
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(bash.getInputStream(), StandardCharsets.UTF_8));
        // A platform thread, since it reads a pipe.
        Thread.ofPlatform()
                .daemon()
                .name("shell-output")
                .start(() -> output.lines().forEach(lines::add));
    }

    public Result run(String command, Duration limit) throws IOException, InterruptedException {
        input.write("{ " + command + "\n} </dev/null 2>&1\n");
        input.write("printf '\\n" + END + "%s\\n' $?\n");
        input.flush();
        StringBuilder output = new StringBuilder();
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IOException("no end within " + limit + " of: " + command + "\n" + output);
            }
            if (line.startsWith(END)) {
                String text = output.toString();
                // The newline before the mark is ours.
                return new Result(
                        Integer.parseInt(line.substring(END.length())),
                        text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
            }
            output.append(line).append('\n');
        }
    }

    /// Ends the shell; whoever started background jobs ends them first.
    @Override
    public void close() throws IOException {
        input.close();
        try {
            if (!bash.waitFor(10, TimeUnit.SECONDS)) {
                bash.destroyForcibly();
            }
        } catch (InterruptedException e) {
            bash.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
