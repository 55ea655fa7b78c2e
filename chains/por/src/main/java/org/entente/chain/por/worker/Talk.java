package org.entente.chain.por.worker;

import org.entente.chain.SignedTransaction;
import org.entente.chain.por.Clocks;
import org.entente.chain.por.Event;
import org.entente.chain.por.Message;
import org.entente.chain.transport.Introduction;
import org.entente.chain.transport.Peer;
import org.entente.chain.transport.PeerAddress;
import org.entente.chain.transport.PeerHandler;
import org.entente.chain.transport.PeerKey;
import org.entente.chain.transport.Peers;
import org.entente.chain.transport.Urgency;
import org.entente.light.NodeKey;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// What a node says to its peers and hears from them: blocks go to the thread that decides,
/// transactions to the pool.
public final class Talk implements PeerHandler, Outward {
    private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
    private static final int GARBAGE = 100;
    private static final int BAD_TRANSACTION = 20;

    private final CompletableFuture<PorChain> chain = new CompletableFuture<>();
    private final CompletableFuture<Peers> peers = new CompletableFuture<>();
    private final InstantSource clock;

    /// Guarded by itself.
    private final Clocks clocks;

    /// @param clock this node's, for its peers to compare with theirs
    /// @param skewMax by how much blocks may be ahead of it
    public Talk(InstantSource clock, Duration skewMax) {
        this.clock = clock;
        this.clocks = new Clocks(skewMax);
    }

    /// Both are made with this: neither is there before it.
    public void begin(Peers connected, PorChain told) {
        peers.complete(connected);
        chain.complete(told);
    }

    @Override
    public Verdict admit(PeerKey key, Introduction theirs) {
        return fits(key);
    }

    /// Whether a key could be a node's.
    static Verdict fits(PeerKey key) {
        return key.der().size() <= NodeKey.SIZE_BYTES_MAX
                ? Verdict.accepted()
                : Verdict.rejected(Fault.TOO_LARGE, "a key of " + key.der().size() + " bytes");
    }

    @Override
    public void opened(Peer peer) throws InterruptedException {
        PorChain told = chain.join();
        told.tell(new Event.Joined(name(peer)));
        send(peer, moment(), Urgency.NEEDED);
        List<Digest> ids = told.pool().ids();
        for (int from = 0; from < ids.size(); from += Message.ID_COUNT_MAX) {
            int to = Math.min(ids.size(), from + Message.ID_COUNT_MAX);
            send(peer, new Message.Offer(ids.subList(from, to)), Urgency.DROPPABLE);
        }
    }

    @Override
    public void heard(Peer peer, Bytes bytes) throws InterruptedException {
        switch (Message.FORMAT.decode(bytes)) {
            case Parsed.Refused<Message>(Verdict.Rejected why) ->
                    peer.blame(GARBAGE, why.toString());
            case Parsed.Value<Message>(Message message) -> heard(peer, message, chain.join());
        }
    }

    private void heard(Peer peer, Message message, PorChain told) throws InterruptedException {
        NodeKey from = name(peer);
        switch (message) {
            case Message.Have(long height, Digest hash) ->
                    told.tell(new Event.Had(from, height, hash));
            case Message.Fetch(Digest hash) -> told.tell(new Event.Fetched(from, hash));
            case Message.Ask(long height) -> told.tell(new Event.Asked(from, height));
            case Message.Blocks(List<Bytes> blocks) -> told.tell(new Event.Sent(from, blocks));
            case Message.Moment(Instant theirs) -> said(from, theirs, told);
            case Message.Offer(List<Digest> ids) -> {
                List<Digest> unknown = ids.stream().filter(id -> isUnknown(id, told)).toList();
                if (!unknown.isEmpty()) {
                    send(peer, new Message.Want(unknown), Urgency.DROPPABLE);
                }
            }
            case Message.Want(List<Digest> ids) -> give(peer, ids, told);
            case Message.Give(List<SignedTransaction> transactions) -> {
                for (SignedTransaction each : transactions) {
                    take(peer, each, told);
                }
            }
            // Answered here, so that who asks much waits for itself alone.
            case Message.Trace(long height) -> trace(peer, height, told.archive());
            case Message.Seek(long height, Digest place) ->
                    send(peer, told.archive().part(height, place), Urgency.NEEDED);
            case Message.Headers _, Message.Part _ -> {
                // Answers to who is still joining; that it had asked was before its start.
            }
        }
    }

    private static void trace(Peer peer, long from, Archive archive) {
        try {
            send(peer, archive.headers(from), Urgency.NEEDED);
        } catch (IOException e) {
            LOG.atError().setCause(e).log("kept headers cannot be read");
        }
    }

    private static boolean isUnknown(Digest id, PorChain told) {
        return told.pool().find(id).isEmpty() && told.find(id).isEmpty();
    }

    private static void give(Peer peer, List<Digest> ids, PorChain told) {
        List<SignedTransaction> given = new ArrayList<>();
        long size = 0;
        for (Digest id : ids) {
            Optional<SignedTransaction> found = told.pool().find(id);
            if (found.isPresent()) {
                size += found.get().sizeBytes();
                if (size > Message.BATCH_SIZE_BYTES_MAX && !given.isEmpty()) {
                    send(peer, new Message.Give(given), Urgency.DROPPABLE);
                    given.clear();
                    size = 0;
                }
                given.add(found.get());
            }
        }
        if (!given.isEmpty()) {
            send(peer, new Message.Give(given), Urgency.DROPPABLE);
        }
    }

    /// What is only late is nobody's fault.
    private static void take(Peer peer, SignedTransaction signed, PorChain told) {
        if (told.take(signed, Optional.of(name(peer)))
                instanceof Parsed.Refused<?>(Verdict.Rejected why)) {
            if (why.fault() == Fault.BAD_SIGNATURE || why.fault() == Fault.WRONG_CHAIN) {
                peer.blame(BAD_TRANSACTION, why.toString());
            } else {
                LOG.debug("a peer's transaction is not taken: {}", why);
            }
        }
    }

    private Message moment() {
        return new Message.Moment(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /// Strangers' clocks are nobody's business.
    private void said(NodeKey from, Instant theirs, PorChain told) {
        if (told.rules().members().stream().anyMatch(each -> each.key().equals(from))) {
            synchronized (clocks) {
                report(clocks.said(from, theirs, clock.instant()));
            }
        }
    }

    private void report(Clocks.Change change) {
        String ahead = clocks.ahead().map(Duration::toString).orElse("nothing");
        switch (change) {
            case NONE -> {}
            case TROUBLED ->
                    LOG.atWarn()
                            .addKeyValue("ahead", ahead)
                            .log(
                                    "CLOCK: this one is far from its peers'; blocks from ahead of"
                                            + " a clock are not taken: set it right");
            case CALM -> LOG.atInfo().addKeyValue("ahead", ahead).log("the clock is right again");
        }
    }

    /// How far this node's clock is ahead of its peers'; nothing while none said anything.
    public Optional<Duration> ahead() {
        synchronized (clocks) {
            return clocks.ahead();
        }
    }

    @Override
    public void compare() {
        tell(moment(), Optional.empty());
    }

    @Override
    public void closed(Peer peer, String why) {
        synchronized (clocks) {
            report(clocks.left(name(peer)));
        }
        try {
            chain.join().tell(new Event.Left(name(peer)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void refused(PeerKey key, String why) {
        LOG.atInfo().addKeyValue("peer", key).log("a peer is not talked to: " + why);
    }

    @Override
    public void say(NodeKey to, Message message) {
        Peer peer = peers.join().connected().get(new PeerKey(to.der()));
        if (peer != null) {
            send(peer, message, Urgency.NEEDED);
        }
    }

    @Override
    public void tell(Message message, Optional<NodeKey> except) {
        Urgency urgency = message instanceof Message.Offer ? Urgency.DROPPABLE : Urgency.NEEDED;
        Bytes bytes = Message.FORMAT.encode(message);
        peers.join()
                .connected()
                .forEach((key, peer) -> {
                    if (except.isEmpty() || !except.get().der().equals(key.der())) {
                        peer.send(bytes, urgency);
                    }
                });
    }

    @Override
    public void blame(NodeKey to, int points, String why) {
        Peer peer = peers.join().connected().get(new PeerKey(to.der()));
        if (peer != null) {
            peer.blame(points, why);
        }
    }

    @Override
    public void members(Rules rules) {
        want(peers.join(), rules);
    }

    static void want(Peers peers, Rules rules) {
        TreeMap<PeerKey, PeerAddress> wanted = new TreeMap<>();
        rules.members()
                .forEach(each ->
                        wanted.put(
                                new PeerKey(each.key().der()),
                                new PeerAddress(each.host(), each.port())));
        peers.want(wanted);
    }

    private static void send(Peer peer, Message message, Urgency urgency) {
        peer.send(Message.FORMAT.encode(message), urgency);
    }

    static NodeKey name(Peer peer) {
        return new NodeKey(peer.key().der());
    }
}
