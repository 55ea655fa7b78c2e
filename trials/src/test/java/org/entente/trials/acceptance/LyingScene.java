package org.entente.trials.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.client.Failure;
import org.entente.client.IdentityDirectory;
import org.entente.client.Outcome;
import org.entente.client.Plan;
import org.entente.launcher.app.demo.Market;
import org.entente.launcher.app.demo.Party;
import org.entente.protocol.Bytes;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Settlement;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A relay that lies to beta's agent. Each time the two others are enough, so that exchanges go on;
/// beta's agent seals nothing of the lie, and what it objected to stands where anyone can read it.
final class LyingScene implements AutoCloseable {
    private static final Party LIED_TO = Party.BETA;

    private final Alliance alliance;
    private final LyingRelay relay;
    private final Way way;
    private int number;

    LyingScene(Alliance alliance) throws Exception {
        this.alliance = alliance;
        this.way = Way.from(alliance.town(), Market.ORDERS);
        IdentityDirectory agent =
                IdentityDirectory.open(
                        alliance.identity(LIED_TO), alliance.world().cryptography().get());
        this.relay =
                new LyingRelay(
                        alliance.ground().path("relay"), alliance.town().relay(), agent.tls());
        alliance.processes().stop(LIED_TO.word());
        Path file = alliance.ground().path(LIED_TO.word() + ".conf");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "relay = " + alliance.ground().relay(),
                                "relay = " + relay.address()));
        alliance.processes().start(List.of(LIED_TO.word()));
        awaitSealed(exchanged());
    }

    /// An INVALID entry is shown as VALID.
    void forgedVerdict() throws Exception {
        long applied = exchanged();
        relay.tells(LogLie.about(alliance.town().alliance(), LogLie.editing(LyingScene::valid)));
        long next = alliance.truth().size();
        alliance.log().submit(alliance.log().submission(applied));
        objectsTo(next);
        truth();
    }

    private static Entry valid(Entry entry) {
        return entry.kind() == EntryKind.EXCHANGE
                ? new Entry(
                        entry.serial(),
                        entry.kind(),
                        entry.submission(),
                        entry.evidence(),
                        org.entente.protocol.log.Outcome.VALID,
                        0,
                        entry.time())
                : entry;
    }

    void reordered() throws Exception {
        long next = alliance.truth().size();
        relay.tells(LogLie.about(alliance.town().alliance(), LogLie.swapping(next)));
        exchanged();
        // The one that is shown in its place.
        objectsTo(next + 1);
        truth();
    }

    /// What is not shown is not sealed.
    void withheld() throws Exception {
        long next = alliance.truth().size();
        relay.tells(LogLie.about(alliance.town().alliance(), LogLie.withholding(next)));
        exchanged();
        assertThat(conduct().path("sealed").asLong()).isLessThanOrEqualTo(next);
        truth();
    }

    /// Beta owns the destination and is asked first to bring what goes there.
    void alteredDelivery() throws Exception {
        AtomicInteger altered = new AtomicInteger();
        relay.tells((path, truth) -> {
            if (!path.contains("/deliveries/")) {
                return truth;
            }
            altered.incrementAndGet();
            byte[] bytes = truth.toArray();
            bytes[bytes.length - 1] ^= 1;
            return Bytes.copyOf(bytes);
        });
        exchanged();
        assertThat(altered.get()).isPositive();
        truth();
    }

    /// Another log, of which every rule holds: found out by the seals of the others, after which
    /// beta's agent signs nothing any more.
    void forked() throws Exception {
        long next = alliance.truth().size();
        relay.tells(
                LogLie.about(alliance.town().alliance(), LogLie.editing(next, AuditScene::later)));
        exchanged();
        Path log = alliance.ground().path("log").resolve(LIED_TO.word());
        Alliance.await(
                "beta's agent finds two logs",
                () -> Files.readString(log).contains("the relay shows two logs"));
        assertThat(exchanged()).isGreaterThan(next);
        assertThat(conduct().path("last").asString()).isNotEmpty();
    }

    /// One value goes its way whatever beta's agent was told.
    ///
    /// @return the serial
    private long exchanged() throws Failure {
        String name = "lied-" + number++;
        Outcome outcome = way.carry(name, "\"" + name + "\"", Plan.STANDARD);
        assertThat(outcome.ending()).isInstanceOf(Outcome.Settled.class);
        Outcome.Settled settled = (Outcome.Settled) outcome.ending();
        assertThat(settled.end()).isEqualTo(Settlement.End.APPLIED);
        assertThat(way.delivered(name)).contains("\"" + name + "\"");
        return settled.serial();
    }

    private void objectsTo(long serial) throws Exception {
        Alliance.await(
                "beta's agent objects to serial " + serial,
                () ->
                        conduct()
                                .path("last")
                                .asString()
                                .startsWith("does not seal beyond serial " + serial + ":"));
        assertThat(conduct().path("disagreements").asLong()).isPositive();
        assertThat(conduct().path("sealed").asLong()).isLessThanOrEqualTo(serial);
        assertThat(exchanged()).isGreaterThan(serial);
        assertThat(conduct().path("sealed").asLong()).isLessThanOrEqualTo(serial);
    }

    /// The lie is over: beta's agent seals on.
    private void truth() throws Exception {
        relay.tells(LyingRelay.Lie.NONE);
        relay.cut();
        awaitSealed(exchanged());
    }

    /// Who was late is asked for the next seal, so exchanges go on meanwhile.
    private void awaitSealed(long serial) throws Failure, IOException, InterruptedException {
        Alliance.await(
                "beta's agent has sealed serial " + serial,
                () -> {
                    boolean sealed = conduct().path("sealed").asLong() > serial;
                    if (!sealed) {
                        exchanged();
                    }
                    return sealed;
                });
    }

    private JsonNode conduct() throws Failure {
        return alliance.log().agent(LIED_TO);
    }

    @Override
    public void close() throws IOException {
        relay.close();
    }
}
