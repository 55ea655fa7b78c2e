package org.entente.chain.por.worker;

import org.entente.chain.por.Joining;
import org.entente.chain.por.Message;
import org.entente.chain.store.HeaderLog;
import org.entente.chain.transport.Introduction;
import org.entente.chain.transport.Peer;
import org.entente.chain.transport.PeerHandler;
import org.entente.chain.transport.PeerKey;
import org.entente.chain.transport.Peers;
import org.entente.chain.transport.Urgency;
import org.entente.light.NodeKey;
import org.entente.light.por.Rules;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A node that joins its chain by the state of others, as long as that takes: what peers say goes
/// to the thread that runs it, and what [Joining] says about it is done.
public final class Joiner implements PeerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Joiner.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int GARBAGE = 100;
    private static final int TOLD_COUNT_MAX = 64;

    private final InstantSource clock;
    private final BlockingQueue<Joining.Told> told = new LinkedBlockingQueue<>(TOLD_COUNT_MAX);
    private final Map<NodeKey, Peer> open = new ConcurrentHashMap<>();

    /// Peers may go on talking after the end.
    private volatile boolean ended;

    public Joiner(InstantSource clock) {
        this.clock = clock;
    }

    /// Until there is a state, or nobody brings it any further.
    ///
    /// @param peers that this is the handler of
    /// @param first whom to connect to
    /// @param log takes the headers
    /// @param progress is told in words what is here, when there is more
    public Parsed<Joining.Step.Joined> run(
            Joining joining, Peers peers, Rules first, HeaderLog log, Consumer<String> progress)
            throws IOException, InterruptedException {
        Talk.want(peers, first);
        String shown = "";
        try {
            while (true) {
                Joining.Told next = told.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                var steps =
                        joining.on(next == null ? new Joining.Told.Tick() : next, clock.instant());
                for (Joining.Step step : steps) {
                    switch (step) {
                        case Joining.Step.Joined joined -> {
                            return Parsed.of(joined);
                        }
                        case Joining.Step.GiveUp(String why) -> {
                            return Parsed.refused(Fault.NOT_FOUND, why);
                        }
                        case Joining.Step.Say(NodeKey to, Message message) -> say(to, message);
                        case Joining.Step.Blame(NodeKey to, int points, String why) ->
                                blame(to, points, why);
                        case Joining.Step.Members(Rules rules) -> Talk.want(peers, rules);
                        case Joining.Step.Keep keep -> {
                            for (var header : keep.headers()) {
                                log.append(header);
                            }
                        }
                    }
                }
                if (!shown.equals(joining.progress())) {
                    shown = joining.progress();
                    progress.accept(shown);
                }
            }
        } finally {
            ended = true;
            told.clear();
        }
    }

    private void say(NodeKey to, Message message) {
        Peer peer = open.get(to);
        if (peer != null) {
            peer.send(Message.FORMAT.encode(message), Urgency.NEEDED);
        }
    }

    private void blame(NodeKey to, int points, String why) {
        LOG.atWarn().addKeyValue("peer", to).log("a peer is not believed: " + why);
        Peer peer = open.get(to);
        if (peer != null) {
            peer.blame(points, why);
        }
    }

    private void tell(Joining.Told what) throws InterruptedException {
        boolean taken = false;
        while (!taken && !ended) {
            taken = told.offer(what, TICK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public Verdict admit(PeerKey key, Introduction theirs) {
        return Talk.fits(key);
    }

    @Override
    public void opened(Peer peer) throws InterruptedException {
        open.put(Talk.name(peer), peer);
        tell(new Joining.Told.Opened(Talk.name(peer)));
    }

    @Override
    public void heard(Peer peer, Bytes bytes) throws InterruptedException {
        switch (Message.FORMAT.decode(bytes)) {
            case Parsed.Refused<Message>(Verdict.Rejected why) ->
                    peer.blame(GARBAGE, why.toString());
            case Parsed.Value<Message>(Message message) ->
                    tell(new Joining.Told.Said(Talk.name(peer), message));
        }
    }

    @Override
    public void closed(Peer peer, String why) {
        open.remove(Talk.name(peer), peer);
        try {
            tell(new Joining.Told.Closed(Talk.name(peer)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void refused(PeerKey key, String why) {
        LOG.atInfo().addKeyValue("peer", key).log("a peer is not talked to: " + why);
    }
}
