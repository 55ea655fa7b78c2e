package org.entente.trials.acceptance;

import org.entente.certs.Cryptography;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;
import org.entente.registry.Registry;
import org.entente.relay.log.LogSettings;
import org.entente.relay.pem.RelayIdentity;
import org.entente.relay.worker.Logs;
import org.entente.relay.worker.Replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The quickstart page with separate processes. Where someone is to be killed: after every step
/// that changed the registry's log they are, with SIGKILL, the log is folded offline, and the
/// restarted relay must serve exactly that fold.
public final class QuickstartRun implements AutoCloseable {
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "\"registry\":\\{\"size\":(\\d+),\"root\":\"(\\w+)\",\"digest\":\"(\\w+)\"");
    private static final String STATUS =
            "curl -sS --cacert relay/relay.pem https://localhost:7400/v1/status";
    private static final String CHECK = "./entente relay check --config relay.conf";

    /// Who is killed after a step.
    public enum Victims {
        /// As a reader follows the page, but that one JVM runs the commands.
        NOBODY,
        /// The relay each time, the agents every fourth time, the chains never.
        RELAY_AND_AT_TIMES_AGENTS,
        EVERYONE
    }

    /// What the registry's log held at a moment: its size, its root, the digest of its fold.
    public record Held(long size, String root, String digest) {}

    private final Path page;
    private final Transcript transcript;
    private final Victims victims;
    private Held last = new Held(0, "", "");
    private int kills;

    /// @param root of the project
    /// @param folder empty, to work in
    public QuickstartRun(Path root, Path folder, Victims victims) throws IOException {
        this.page = root.resolve("docs/quickstart.md");
        this.transcript =
                new Transcript(
                        root,
                        folder,
                        victims == Victims.NOBODY
                                ? Transcript.Commands.BY_A_CLERK
                                : Transcript.Commands.EACH_BY_ITSELF);
        this.victims = victims;
    }

    /// The page as this run saw it.
    public Page follow() throws Exception {
        if (victims != Victims.NOBODY) {
            Rehearsal.of(transcript);
        }
        return transcript.run(Page.parse(Files.readString(page)), this::killIfChanged);
    }

    public Transcript transcript() {
        return transcript;
    }

    public int kills() {
        return kills;
    }

    public Held last() {
        return last;
    }

    /// What the relay serves now.
    public Held served() throws IOException, InterruptedException {
        return held(REGISTRY, transcript.run(STATUS));
    }

    /// What the relay's files fold to, while it does not run: every signature and rule once more,
    /// as `relay check` does, without the time that another JVM takes to start.
    private Held folded() throws Exception {
        Path directory = transcript.folder().resolve("relay");
        Cryptography cryptography = Cryptography.portable();
        VerifyingKey relay = RelayIdentity.read(directory, cryptography).key();
        try (Logs logs =
                Logs.open(
                        directory.resolve("logs"),
                        Digest.of(relay.bytes()),
                        LogSettings.SMALL,
                        LogSettings.LARGE,
                        _ -> {})) {
            Registry registry =
                    new Replay(cryptography.verifier(), Replay.Thoroughness.EVERYTHING)
                            .of(logs)
                            .registry();
            return new Held(
                    registry.size(), logs.registry().tree().root().hex(), registry.digest().hex());
        }
    }

    /// The operator's own look, while the relay does not run.
    public Shell.Result check() throws IOException, InterruptedException {
        return transcript.run(CHECK);
    }

    private void killIfChanged(Page.Step step) throws Exception {
        if (victims == Victims.NOBODY) {
            return;
        }
        boolean relayRuns =
                transcript.jobs().stream().anyMatch(job -> job.is("relay") && job.runs());
        if (!relayRuns || step.inBackground()) {
            return;
        }
        Held now = served();
        if (now.equals(last)) {
            return;
        }
        if (now.size < last.size) {
            throw new AssertionError("the log shrank from " + last + " to " + now);
        }
        kills++;
        boolean agentsToo = kills % 4 == 0;
        transcript.killAndRestart(
                job ->
                        victims == Victims.EVERYONE
                                || job.is("relay")
                                || (agentsToo && job.is("agent")),
                () -> require(step, now, folded()));
        // An agent that was killed before it had registered does so now: the log may grow, never
        // differ.
        Held after = served();
        if (after.size == now.size) {
            require(step, now, after);
        } else if (after.size < now.size) {
            throw new AssertionError("after " + step.command() + ": " + now + " became " + after);
        }
        last = after;
    }

    private static void require(Page.Step step, Held expected, Held found) {
        // While the relay was still alive an agent may have registered between the two looks.
        if (found.size < expected.size
                || (found.size == expected.size && !found.equals(expected))) {
            throw new AssertionError(
                    "after " + step.command() + ": " + expected + " became " + found);
        }
    }

    private static Held held(Pattern pattern, Shell.Result result) {
        Matcher matcher = pattern.matcher(result.output());
        if (!matcher.find()) {
            throw new AssertionError("no fold in: " + result.output());
        }
        return new Held(Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3));
    }

    @Override
    public void close() throws IOException {
        transcript.close();
    }
}
