package org.entente.agent.worker;

import org.entente.agent.Backoff;
import org.entente.agent.Event;
import org.entente.agent.journal.AgentFiles;
import org.entente.agent.pem.Identity;
import org.entente.certs.tls.ClientTls;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.link.Frames;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Sealed;
import org.entente.runtime.link.Line;
import org.entente.runtime.link.LineDialler;
import org.entente.runtime.link.LineListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Keeps one link to the relay open, for ever: dials, says hello, hands what comes to the seats,
/// dials again. A link that a newer process of this agent displaced is not dialled again.
public final class LinkKeeper implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(LinkKeeper.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MAX = Duration.ofSeconds(10);
    private static final Duration DISPLACED_FOR = Duration.ofDays(3_650);
    private static final int OUTGOING_COUNT_MAX = 16_384;

    private final URI relay;
    private final X509Certificate pinned;
    private final Supplier<Identity> identity;
    private final RelayClient client;
    private final AgentFiles files;
    private final Seats seats;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicReference<Optional<Session>> open = new AtomicReference<>(Optional.empty());
    private Backoff backoff = Backoff.between(RETRY_FIRST, RETRY_MAX);
    private volatile String state = "not dialled yet";

    /// Whom the link is for.
    public interface Seats {
        /// Whether the registry has been followed, so that it is known who must be told.
        boolean areKnown();

        List<Sealed> newest();

        void tellAll(Event event) throws InterruptedException;

        void tell(AllianceId alliance, Event event) throws InterruptedException;
    }

    public LinkKeeper(
            URI relay,
            X509Certificate pinned,
            Supplier<Identity> identity,
            RelayClient client,
            AgentFiles files,
            Seats seats,
            InstantSource clock,
            RandomGenerator random) {
        this.relay = relay;
        this.pinned = pinned;
        this.identity = identity;
        this.client = client;
        this.files = files;
        this.seats = seats;
        this.clock = clock;
        this.random = random;
    }

    /// In words, for health.
    public String state() {
        return state;
    }

    /// One connection: what goes out waits in its own bounded queue, so that a relay that does not
    /// read holds up no seat.
    private final class Session implements LineListener {
        private final ArrayBlockingQueue<ToRelay> outgoing =
                new ArrayBlockingQueue<>(OUTGOING_COUNT_MAX);
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Optional<Line> line = Optional.empty();
        private volatile String why = "";

        @Override
        public void heard(Bytes bytes) throws InterruptedException {
            switch (ToAgent.FORMAT.decode(bytes)) {
                case Parsed.Refused<ToAgent>(var refused) ->
                        close("a message is not understood: " + refused);
                case Parsed.Value<ToAgent>(ToAgent.Elsewhere(Digest digest)) -> elsewhere(digest);
                case Parsed.Value<ToAgent>(ToAgent message) ->
                        seats.tell(alliance(message), new Event.Heard(message));
            }
        }

        private void elsewhere(Digest digest) throws InterruptedException {
            try {
                Optional<Bytes> message = client.payload(digest);
                if (message.isPresent()
                        && ToAgent.FORMAT.decode(message.get())
                                instanceof Parsed.Value<ToAgent>(ToAgent value)
                        && !(value instanceof ToAgent.Elsewhere)) {
                    seats.tell(alliance(value), new Event.Heard(value));
                }
            } catch (RelayUnreachable e) {
                // The relay says it again.
                LOG.atDebug().log("a message lies elsewhere: {}", e.getMessage());
            }
        }

        void close(String reason) {
            line.ifPresent(it -> it.close(reason));
        }

        @Override
        public void closed(String reason) {
            why = reason;
            ended.countDown();
        }

        void send() throws IOException, InterruptedException {
            while (ended.getCount() > 0) {
                ToRelay message = outgoing.poll(100, TimeUnit.MILLISECONDS);
                if (message != null) {
                    send(message);
                }
            }
        }

        private void send(ToRelay message) throws IOException, InterruptedException {
            Line to = line.orElseThrow();
            Bytes bytes = ToRelay.FORMAT.encode(message);
            if (Frames.fits(bytes)) {
                to.send(bytes);
                return;
            }
            try {
                client.put(Digest.of(bytes), bytes);
                to.send(ToRelay.FORMAT.encode(new ToRelay.Elsewhere(Digest.of(bytes))));
            } catch (RelayUnreachable e) {
                throw new IOException(e);
            }
        }
    }

    private static AllianceId alliance(ToAgent message) {
        return switch (message) {
            case ToAgent.Propose(var ask, var _) -> ask.request().alliance();
            case ToAgent.Endorse endorse -> endorse.sequence().ask().request().alliance();
            case ToAgent.Attest attest -> attest.alliance();
            case ToAgent.Grown(AllianceId id, var _) -> id;
            case ToAgent.Certified(Sealed sealed) -> sealed.seal().alliance();
            case ToAgent.Bring(AllianceId id, var _) -> id;
            case ToAgent.Observe(AllianceId id, var _) -> id;
            case ToAgent.Look(var settlement) -> settlement.alliance();
            case ToAgent.BringAgain(var settlement, var _) -> settlement.alliance();
            case ToAgent.Elsewhere _ -> AllianceId.ZERO;
        };
    }

    /// Over the link, if it is open; else it is lost.
    public void say(ToRelay message) {
        open.get()
                .ifPresent(session -> {
                    if (!session.outgoing.offer(message)) {
                        session.close("too much waits to be said");
                    }
                });
    }

    public void relink(String why) {
        open.get().ifPresent(session -> session.close(why));
    }

    /// One session from dialling to its end.
    @Override
    public Duration step() throws InterruptedException {
        if (!seats.areKnown()) {
            return RETRY_FIRST;
        }
        Session session = new Session();
        try (LineDialler dialler =
                new LineDialler(ClientTls.pinned(pinned).showing(identity.get().tls()).context())) {
            long term = files.nextTerm(clock.millis());
            Line line =
                    dialler.dial(
                            address(),
                            opened -> {
                                session.line = Optional.of(opened);
                                return session;
                            });
            session.line = Optional.of(line);
            line.send(ToRelay.FORMAT.encode(new ToRelay.Hello(term, seats.newest())));
            backoff = backoff.succeeded();
            state = "linked";
            open.set(Optional.of(session));
            LOG.atInfo().addKeyValue("term", term).log("linked with the relay");
            seats.tellAll(new Event.Linked());
            session.send();
        } catch (IOException e) {
            session.why = session.why.isEmpty() ? String.valueOf(e.getMessage()) : session.why;
        } finally {
            open.set(Optional.empty());
            session.close("stopping");
        }
        seats.tellAll(new Event.Unlinked());
        return ended(session.why);
    }

    private Duration ended(String why) {
        if (why.contains(Fault.SESSION_DISPLACED.name())) {
            LOG.atError()
                    .log("another process speaks for this agent; this one stays away: {}", why);
            state = why;
            return DISPLACED_FOR;
        }
        if (!why.equals(state)) {
            LOG.atWarn().log("no link with the relay: {}", why);
        }
        state = why;
        backoff = backoff.failed();
        return backoff.pause(random);
    }

    private URI address() {
        return URI.create("wss://" + relay.getRawAuthority() + "/v1/link");
    }
}
