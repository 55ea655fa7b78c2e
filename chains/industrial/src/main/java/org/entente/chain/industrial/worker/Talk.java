package org.entente.chain.industrial.worker;

import org.entente.certs.KeyEncoding;
import org.entente.chain.SignedTransaction;
import org.entente.chain.industrial.Event;
import org.entente.chain.industrial.Message;
import org.entente.chain.pool.Mempool;
import org.entente.chain.transport.Introduction;
import org.entente.chain.transport.Peer;
import org.entente.chain.transport.PeerHandler;
import org.entente.chain.transport.PeerKey;
import org.entente.chain.transport.Peers;
import org.entente.chain.transport.Urgency;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/// What a node says to its peers and hears from them: transactions go to the pool, all else to the
/// thread that decides. A peer is its account: the key that TLS proves is the one that seals.
public final class Talk implements PeerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
    private static final int GARBAGE = 100;
    private static final int BAD_WORD = 34;
    private static final int BAD_TRANSACTION = 20;
    private static final int OFFERED_COUNT_MAX = 1 << 15;
    private static final int GIVEN_SIZE_BYTES_MAX = 1 << 20;
    private static final Duration GATHERED = Duration.ofMillis(2);

    private final CompletableFuture<IndustrialChain> chain = new CompletableFuture<>();
    private final CompletableFuture<Peers> peers = new CompletableFuture<>();
    private final BlockingQueue<SignedTransaction> offered =
            new LinkedBlockingQueue<>(OFFERED_COUNT_MAX);
    private final Meter meter;
    private final Thread giver;

    public Talk(Meter meter) {
        this.meter = meter;
        this.giver = Thread.ofVirtual().name("industrial-giver").unstarted(this::give);
    }

    /// Both are made with this: neither is there before it.
    public void begin(Peers connected, IndustrialChain told) {
        peers.complete(connected);
        chain.complete(told);
        giver.start();
    }

    @Override
    public Verdict admit(PeerKey key, Introduction theirs) {
        return KeyEncoding.key(key.der()).filter(it -> chain.join().isMember(it)).isPresent()
                ? Verdict.accepted()
                : Verdict.rejected(Fault.NOT_A_SIGNER, key + " is no member's");
    }

    @Override
    public void opened(Peer peer) {
        IndustrialChain told = chain.join();
        send(peer, new Message.Have(told.head().height()));
        List<SignedTransaction> waiting = told.next(Message.Give.COUNT_MAX, GIVEN_SIZE_BYTES_MAX);
        if (!waiting.isEmpty()) {
            send(peer, new Message.Give(waiting));
        }
    }

    @Override
    public void heard(Peer peer, Bytes bytes) throws InterruptedException {
        switch (Message.FORMAT.decode(bytes)) {
            case Parsed.Refused<Message>(Verdict.Rejected why) ->
                    peer.blame(GARBAGE, why.toString());
            case Parsed.Value<Message>(Message message) -> {
                meter.received(message);
                heard(peer, message, chain.join());
            }
        }
    }

    private static void heard(Peer peer, Message message, IndustrialChain told)
            throws InterruptedException {
        switch (message) {
            case Message.Give(List<SignedTransaction> transactions) -> {
                told.ahead(transactions);
                transactions.forEach(each -> take(peer, each, told));
            }
            case Message.Propose propose -> {
                told.ahead(propose.body().transactions());
                told.tell(new Event.Heard(name(peer), message));
            }
            case Message.Vote _,
                    Message.Change _,
                    Message.Beat _,
                    Message.Have _,
                    Message.Ask _,
                    Message.Blocks _ ->
                    told.tell(new Event.Heard(name(peer), message));
        }
    }

    /// What is only late is nobody's fault.
    private static void take(Peer peer, SignedTransaction signed, IndustrialChain told) {
        if (told.take(signed) instanceof Parsed.Refused<Mempool.Added>(Verdict.Rejected why)) {
            if (why.fault() == Fault.BAD_SIGNATURE || why.fault() == Fault.WRONG_CHAIN) {
                peer.blame(BAD_TRANSACTION, why.toString());
            } else {
                LOG.debug("a peer's transaction is not taken: {}", why);
            }
        }
    }

    @Override
    public void closed(Peer peer, String why) {
        LOG.atDebug().addKeyValue("peer", peer.key()).log(why);
    }

    @Override
    public void refused(PeerKey key, String why) {
        LOG.atInfo().addKeyValue("peer", key).log("a peer is not talked to: " + why);
    }

    void say(VerifyingKey to, Message message) {
        TreeSet<VerifyingKey> only = new TreeSet<>();
        only.add(to);
        tell(only, message);
    }

    /// To those that are connected: what others miss they ask for.
    void tell(Collection<VerifyingKey> to, Message message) {
        tell(to, message, Urgency.NEEDED);
    }

    private void tell(Collection<VerifyingKey> to, Message message, Urgency urgency) {
        var connected = peers.join().connected();
        Optional<Bytes> encoded = Optional.empty();
        int count = 0;
        for (VerifyingKey each : to) {
            Peer peer = connected.get(new PeerKey(KeyEncoding.der(each)));
            if (peer != null) {
                Bytes bytes = encoded.orElseGet(() -> Message.FORMAT.encode(message));
                encoded = Optional.of(bytes);
                peer.send(bytes, urgency);
                count++;
            }
        }
        meter.sent(message, count);
    }

    private void send(Peer peer, Message message) {
        meter.sent(message, 1);
        peer.send(Message.FORMAT.encode(message), Urgency.NEEDED);
    }

    void blame(VerifyingKey to, String why) {
        Peer peer = peers.join().connected().get(new PeerKey(KeyEncoding.der(to)));
        LOG.atWarn().addKeyValue("peer", to).log("a peer errs or lies: " + why);
        if (peer != null) {
            peer.blame(BAD_WORD, why);
        }
    }

    /// To all who may propose it; where too many are, it is given later.
    void offer(SignedTransaction signed) {
        if (!offered.offer(signed)) {
            LOG.debug("too many transactions are to be given");
        }
    }

    /// Many in one message: while some gather nothing is sent.
    private void give() {
        IndustrialChain told = chain.join();
        try {
            while (!told.isClosed()) {
                List<SignedTransaction> given = gathered();
                TreeSet<VerifyingKey> to = new TreeSet<>(told.view().roster().sealers().keys());
                to.remove(told.account());
                tell(to, new Message.Give(given), Urgency.DROPPABLE);
                Thread.sleep(GATHERED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<SignedTransaction> gathered() throws InterruptedException {
        List<SignedTransaction> gathered = new ArrayList<>();
        Optional<SignedTransaction> next = Optional.of(offered.take());
        long size = 0;
        while (next.isPresent()) {
            gathered.add(next.get());
            size += next.get().sizeBytes();
            boolean hasRoom =
                    gathered.size() < Message.Give.COUNT_MAX && size < GIVEN_SIZE_BYTES_MAX;
            next = hasRoom ? Optional.ofNullable(offered.poll()) : Optional.empty();
        }
        return gathered;
    }

    static VerifyingKey name(Peer peer) {
        return KeyEncoding.key(peer.key().der()).orElseThrow();
    }

    public void close() {
        giver.interrupt();
    }
}
