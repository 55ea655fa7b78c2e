package org.entente.trials.acceptance;

import org.entente.client.ExchangeStatus;
import org.entente.client.Failure;
import org.entente.client.Outcome;
import org.entente.client.Plan;
import org.entente.client.Refused;
import org.entente.client.Until;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Party;
import org.entente.protocol.log.Settlement;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One chain's process is away for a while. What goes to the other chain is settled as before; what
/// goes to this one is VALID and waits, shown to everybody, and comes to its one end by itself when
/// the chain is back.
public final class ChainAway {
    private static final Plan SEALED = Plan.STANDARD.until(Until.SEALED);
    private static final Duration WINDOW_MAX = Duration.ofSeconds(60);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(150);
    private static final int WARM = 3;

    /// How the process is stopped.
    enum Manner {
        /// SIGKILL: connections are refused.
        KILLED,
        /// SIGSTOP: connections stay open and say nothing.
        HELD
    }

    private final Alliance alliance;
    private final Way away;
    private final Traffic toAway;
    private final Traffic toOther;
    private final String process;
    private final Party owner;
    private final Manner manner;
    private final List<String> violations = new ArrayList<>();

    /// @param process that was away
    /// @param before how many exchanges to the other chain were settled in a time
    /// @param during how many in the same time without the chain
    /// @param waited how many to the chain that was away were asked for in all
    public record Report(
            String process,
            String manner,
            long before,
            long during,
            int waited,
            int entries,
            List<String> violations) {
        public Report {
            violations = Few.of(violations);
        }
    }

    /// The seed chooses the chain and how it is stopped: four seeds in a row are all there is.
    public static ChainAway seeded(Alliance alliance, Harbour harbour, long seed) {
        Manner[] manners = Manner.values();
        return new ChainAway(
                alliance, harbour, seed % 2 == 0, manners[Math.floorMod(seed / 2, manners.length)]);
    }

    ChainAway(Alliance alliance, Harbour harbour, boolean isHarbour, Manner manner) {
        this.alliance = alliance;
        this.manner = manner;
        Way toHarbour = harbour.way();
        Way toCustoms = Way.from(alliance.town(), Market.ORDERS);
        this.away = isHarbour ? toHarbour : toCustoms;
        this.process = isHarbour ? Harbour.PROCESS : Market.CUSTOMS.word();
        this.owner = isHarbour ? Party.GAMMA : Party.BETA;
        this.toAway = new Traffic(away, SEALED, "away-");
        this.toOther = new Traffic(isHarbour ? toCustoms : toHarbour, Plan.STANDARD, "at-home-");
    }

    public Report run(Duration time) throws Failure, IOException, InterruptedException {
        Duration window = time.compareTo(WINDOW_MAX) > 0 ? WINDOW_MAX : time;
        List<Thread> threads =
                List.of(
                        Thread.ofVirtual().name("traffic-away").start(toAway),
                        Thread.ofVirtual().name("traffic-home").start(toOther));
        Alliance.await(
                "exchanges go both ways", () -> toAway.done() > WARM && toOther.done() > WARM);
        long before = settledWithin(window);
        long stopped = System.nanoTime();
        stop();
        long during;
        try {
            during = settledWithin(window);
            look();
            long cancelled = cancelled();
            long left = time.toNanos() - (System.nanoTime() - stopped);
            TimeUnit.NANOSECONDS.sleep(left);
            toAway.stop();
            toOther.stop();
            start();
            for (Thread thread : threads) {
                thread.join();
            }
            settled(cancelled);
        } finally {
            toAway.stop();
            toOther.stop();
        }
        return new Report(
                process,
                manner.name().toLowerCase(Locale.ROOT),
                before,
                during,
                toAway.told().size(),
                alliance.truth().size(),
                violations);
    }

    private long settledWithin(Duration window) throws InterruptedException {
        long before = toOther.done();
        Thread.sleep(window);
        return toOther.done() - before;
    }

    private void stop() throws IOException, InterruptedException {
        switch (manner) {
            case KILLED -> alliance.processes().kill(process);
            case HELD -> alliance.processes().suspend(process);
        }
    }

    private void start() throws IOException, InterruptedException {
        switch (manner) {
            case KILLED -> alliance.processes().start(List.of(process));
            case HELD -> alliance.processes().resume(process);
        }
    }

    /// What anyone can see meanwhile.
    private void look() throws Failure, IOException, InterruptedException {
        Outcome newest = toAway.told().getLast();
        ExchangeStatus status = away.status(newest.exchange());
        expect(
                status.outcome().isEmpty() && status.serial().isPresent(),
                "while its chain is away an exchange is " + status);
        long serial = status.serial().orElse(0L);
        expect(
                alliance.truth().isOpen(serial),
                "the log does not hold " + serial + " as VALID and unsettled");
        Alliance.await("deliveries are parked", () -> !parked().isEmpty());
        JsonNode first = parked().get(0);
        expect(
                first.toString().contains("solo:" + process),
                "what is parked names another chain: " + first);
        alliance.terminal()
                .run(
                        "parked",
                        "retry",
                        alliance.id(),
                        String.valueOf(serial),
                        "--identity",
                        alliance.identity(owner).toString(),
                        "--relay",
                        alliance.ground().relay().toString(),
                        "--relay-certificate",
                        certificate());
    }

    private JsonNode parked() throws Failure {
        return alliance.terminal()
                .run("parked", "list", alliance.id(), "--org", alliance.home(owner).toString())
                .path("parked");
    }

    private String certificate() {
        return alliance.ground().path("relay").resolve("relay.pem").toString();
    }

    /// One that its destination's organisation does not want any more. Nobody else may say so.
    private long cancelled() throws Failure {
        Outcome outcome = away.carry("unwanted", "\"unwanted\"", SEALED);
        if (!(outcome.ending() instanceof Outcome.Sealed(long serial))) {
            violations.add("an exchange to a chain that is away ended as " + outcome);
            return 0;
        }
        Party stranger = owner == Party.GAMMA ? Party.BETA : Party.GAMMA;
        try {
            cancel(serial, stranger);
            violations.add(stranger + " cancelled serial " + serial + ", which is not its affair");
        } catch (Refused e) {
            expect(e.message().contains("NOT_"), "a stranger's wish ended with " + e.message());
        }
        cancel(serial, owner);
        return serial;
    }

    private void cancel(long serial, Party by) throws Failure {
        alliance.terminal()
                .run(
                        "parked",
                        "cancel",
                        alliance.id(),
                        String.valueOf(serial),
                        "--identity",
                        alliance.identity(by).toString(),
                        "--relay",
                        alliance.ground().relay().toString(),
                        "--relay-certificate",
                        certificate());
    }

    /// The chain is back.
    private void settled(long cancelled) throws Failure, InterruptedException {
        LogTruth truth = alliance.settled(SETTLED_WITHIN);
        expect(truth.unsettled() == 0, truth.unsettled() + " VALID entries are not settled");
        violations.addAll(truth.violations(toAway.told()));
        violations.addAll(truth.violations(toOther.told()));
        for (Outcome outcome : toAway.told()) {
            boolean applied =
                    outcome.ending() instanceof Outcome.Sealed(long serial)
                            && truth.end(serial).equals(Optional.of(Settlement.End.APPLIED));
            expect(applied, "was not applied: " + outcome);
        }
        expect(
                truth.end(cancelled).equals(Optional.of(Settlement.End.CANCELLED)),
                "what was not wanted any more ended as " + truth.end(cancelled));
        expect(away.delivered("unwanted").isEmpty(), "what was cancelled was delivered");
        violations.addAll(toAway.missing());
        violations.addAll(toOther.missing());
        violations.addAll(toAway.failures());
        violations.addAll(toOther.failures());
        expect(parkedIsEmpty(), "something is still parked");
    }

    private boolean parkedIsEmpty() throws Failure {
        return parked().isEmpty();
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
