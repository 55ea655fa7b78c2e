package org.entente.relay.worker;

import org.entente.certs.Signer;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.registry.SignedChange;
import org.entente.registry.fixture.Member;
import org.entente.registry.fixture.World;
import org.entente.relay.DeskRules;
import org.entente.relay.journal.Payloads;
import org.entente.relay.log.LogSettings;
import org.entente.runtime.Clock;
import org.entente.runtime.logging.LogFormat;
import org.entente.runtime.logging.Logging;
import org.slf4j.event.Level;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A recorder over the logs of one folder.
final class Office implements AutoCloseable {
    static final Signer RELAY = Member.freshSigner();
    static final Digest ID = Digest.of(RELAY.key().bytes());
    static final int WAITING_MAX = 2;
    private static final Duration TIME_MAX = Duration.ofSeconds(20);

    final Logs logs;
    final Desks desks;
    final Recorder recorder;
    private final Payloads payloads;
    final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    Office(Path folder, Clock clock) throws IOException {
        Logging.configure(LogFormat.TEXT, Level.ERROR);
        logs = logs(folder, failure::complete);
        Path home = folder.resolveSibling(folder.getFileName() + "-home");
        payloads = new Payloads(home.resolve("payloads"), Payloads.Settings.STANDARD, clock);
        desks =
                new Desks(
                        logs,
                        new DeskSurroundings(
                                home,
                                RELAY,
                                World.VERIFIER,
                                DeskRules.STANDARD,
                                payloads,
                                (_, _) -> {},
                                new Watchers(),
                                clock,
                                _ -> {},
                                failure::complete));
        recorder =
                new Recorder(
                        logs,
                        desks,
                        clock,
                        World.VERIFIER,
                        WAITING_MAX,
                        TIME_MAX,
                        _ -> {},
                        failure::complete);
    }

    static Office fresh(Path folder) throws IOException {
        Logs.create(folder, ID, LogSettings.SMALL);
        return open(folder);
    }

    static Office open(Path folder) throws IOException {
        return new Office(folder, Clock.over(() -> Member.NOW));
    }

    static Logs logs(Path folder, Consumer<Throwable> whenFailed) throws IOException {
        return Logs.open(folder, ID, LogSettings.SMALL, LogSettings.SMALL, whenFailed);
    }

    Recorded accept(SignedChange change) throws InterruptedException {
        return switch (recorder.record(change, Recorder.Admission.OPEN)) {
            case Parsed.Value<Recorded>(Recorded recorded) -> recorded;
            case Parsed.Refused<Recorded>(Verdict.Rejected why) ->
                    throw new AssertionError(why + " for " + change);
        };
    }

    Verdict answer(SignedChange change) throws InterruptedException {
        return recorder.record(change, Recorder.Admission.OPEN).verdict();
    }

    @Override
    public void close() throws IOException {
        recorder.close();
        desks.close();
        payloads.close();
        logs.close();
    }
}
