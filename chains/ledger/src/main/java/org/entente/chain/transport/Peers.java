package org.entente.chain.transport;

import org.entente.certs.tls.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// A node's connections to the others: listens, keeps those that are wanted connected, watches over
/// all of them.
///
/// ```
/// Peers peers = Peers.start(PeersConfiguration.standard(listen), identity, () -> own, handler);
/// peers.want(members);
/// peers.connected().values().forEach(peer -> peer.send(message, Urgency.NEEDED));
/// ```
public final class Peers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration WATCH_EVERY_MAX = Duration.ofMillis(50);
    private static final Duration FAREWELL_TIME_MAX = Duration.ofMillis(1_500);
    private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(5);
    private static final Duration ACCEPT_AGAIN = Duration.ofMillis(100);

    private final Network network;
    private final ServerSocket listening;

    /// Connections that are not open yet.
    private final Map<Socket, Beginning> beginning = new ConcurrentHashMap<>();

    /// Guarded by this.
    private final SortedMap<PeerKey, Dialler> diallers = new TreeMap<>();

    private volatile boolean closing;

    /// @param untilNanos when it is given up
    private record Beginning(Dialled dialled, long untilNanos) {}

    private Peers(Network network, ServerSocket listening) {
        this.network = network;
        this.listening = listening;
    }

    /// Begins to listen; nobody is dialled yet.
    ///
    /// @param identity the node's key, by which the others know it, with a certificate over it
    /// @param own what is said first, asked for at each connection
    public static Peers start(
            PeersConfiguration configuration,
            TlsIdentity identity,
            Supplier<Introduction> own,
            PeerHandler handler)
            throws IOException {
        ServerSocket listening = new ServerSocket();
        try {
            listening.setReuseAddress(true);
            listening.bind(configuration.listen().lookedUp());
        } catch (IOException e) {
            listening.close();
            throw new IOException("cannot listen at " + configuration.listen() + ": " + e, e);
        }
        Network network =
                new Network(
                        configuration,
                        own,
                        handler,
                        new Standing(configuration.blame()),
                        new Roster(Self.of(identity), configuration.limits().strangersMax()),
                        new Tally(),
                        new Crew());
        Peers peers = new Peers(network, listening);
        network.crew().start("peers-accept", peers::accept);
        network.crew().start("peers-watch", peers::watch);
        return peers;
    }

    /// Where it listens.
    public PeerAddress address() {
        return new PeerAddress(network.configuration().listen().host(), listening.getLocalPort());
    }

    /// Who is to be kept connected from now on, and where each listens. Connections to others stay
    /// until somebody closes them, as strangers.
    public synchronized void want(SortedMap<PeerKey, PeerAddress> members) {
        SortedMap<PeerKey, PeerAddress> others = new TreeMap<>(members);
        others.remove(network.self().key());
        diallers.entrySet()
                .removeIf(entry -> {
                    boolean gone = !others.containsKey(entry.getKey());
                    if (gone) {
                        entry.getValue().stop();
                    }
                    return gone;
                });
        network.roster().want(new TreeSet<>(others.keySet()));
        others.forEach((key, address) -> {
            Dialler known = diallers.get(key);
            if (known != null) {
                known.move(address);
            } else if (!closing) {
                Dialler dialler = new Dialler(key, address, network, this::dial);
                diallers.put(key, dialler);
                network.crew().start("peer-dialler " + key, dialler::run);
            }
        });
        network.roster().changed();
    }

    /// Another key is this node's from now on. To its peers it is another node, so every connection
    /// ends and begins anew.
    public synchronized void become(TlsIdentity identity) {
        Self next = Self.of(identity);
        Dialler own = diallers.remove(next.key());
        if (own != null) {
            own.stop();
        }
        network.roster().become(next);
    }

    /// Those that are open now.
    public SortedMap<PeerKey, Peer> connected() {
        return network.roster().peers();
    }

    public PeerCounts counts() {
        return network.tally().with(network.roster().open().size());
    }

    int threads() {
        return network.crew().count();
    }

    /// Says farewell, and returns when all threads have ended. Not to be called by a handler, whose
    /// thread is one of them.
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            diallers.values().forEach(Dialler::stop);
        }
        shut(listening);
        network.roster().close();
        network.roster().open().forEach(each -> each.close("stopping"));
        beginning.keySet().forEach(Peers::shut);
        try {
            if (!network.crew().join(FAREWELL_TIME_MAX)) {
                network.crew().interrupt();
                if (!network.crew().join(CLOSE_TIME_MAX)) {
                    LOG.atWarn().log("a peer's handler does not end");
                }
            }
        } catch (InterruptedException e) {
            network.crew().interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!closing) {
            try {
                accepted(listening.accept());
            } catch (IOException e) {
                if (!closing) {
                    LOG.atWarn().setCause(e).log("a connection could not be accepted");
                    if (!rest(ACCEPT_AGAIN)) {
                        return;
                    }
                }
            }
        }
    }

    private void accepted(Socket socket) {
        long count =
                beginning.values().stream()
                        .filter(each -> each.dialled() == Dialled.BY_THEM)
                        .count();
        if (count >= network.configuration().limits().unintroducedMax()) {
            network.tally().refused.increment();
            shut(socket);
            return;
        }
        begin(socket, Dialled.BY_THEM);
        network.crew()
                .start(
                        "peer-accepted",
                        () -> {
                            try {
                                serve(socket, Optional.empty());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private long dial(PeerKey key, PeerAddress address) throws InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    address.lookedUp(), (int) network.times().introductionTimeMax().toMillis());
            begin(socket, Dialled.BY_US);
            return serve(socket, Optional.of(key));
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("peer", key)
                    .addKeyValue("address", address)
                    .addKeyValue("why", e)
                    .log("a peer does not answer");
            return 0;
        }
    }

    /// One connection from its beginning to its end.
    ///
    /// @return how long it was open
    private long serve(Socket socket, Optional<PeerKey> expected) throws InterruptedException {
        try (socket) {
            Meeting met = Meeting.of(socket, expected, network);
            Connection connection = new Connection(met, network);
            enter(connection, met);
            beginning.remove(socket);
            network.tally().opened.increment();
            LOG.atInfo()
                    .addKeyValue("peer", met.key())
                    .addKeyValue("address", connection.address())
                    .log("a peer is connected");
            long begun = System.nanoTime();
            connection.serve();
            return System.nanoTime() - begun;
        } catch (Refused | IOException e) {
            refused(socket, e);
            return 0;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a peer's handler failed");
            return 0;
        } finally {
            beginning.remove(socket);
        }
    }

    private void enter(Connection connection, Meeting met) throws Refused, InterruptedException {
        try {
            network.roster().enter(connection, network.times().introductionTimeMax());
        } catch (Refused e) {
            met.bye(e);
            throw e;
        }
    }

    private void refused(Socket socket, Exception why) {
        network.tally().refused.increment();
        LOG.atDebug()
                .addKeyValue("address", socket.getRemoteSocketAddress())
                .addKeyValue("why", why)
                .log("a connection was refused");
    }

    private void begin(Socket socket, Dialled dialled) {
        long until = System.nanoTime() + network.times().introductionTimeMax().toNanos();
        beginning.put(socket, new Beginning(dialled, until));
        if (closing) {
            shut(socket);
        }
    }

    private void watch() {
        Duration quarter = network.times().pingEvery().dividedBy(4);
        Duration every = quarter.compareTo(WATCH_EVERY_MAX) < 0 ? quarter : WATCH_EVERY_MAX;
        do {
            network.roster().open().forEach(Connection::watch);
            beginning.forEach((socket, each) -> {
                if (each.untilNanos() - System.nanoTime() <= 0) {
                    shut(socket);
                }
            });
        } while (rest(every) && !(closing && network.roster().open().isEmpty()));
    }

    /// @return whether nobody wants the thread to end
    private static boolean rest(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void shut(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.atDebug().setCause(e).log("a socket did not close");
        }
    }
}
