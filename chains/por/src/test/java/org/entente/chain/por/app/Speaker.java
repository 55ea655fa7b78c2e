package org.entente.chain.por.app;

import org.entente.chain.Genesis;
import org.entente.chain.app.LocalNode;
import org.entente.chain.por.Message;
import org.entente.chain.transport.Introduction;
import org.entente.chain.transport.Peer;
import org.entente.chain.transport.PeerAddress;
import org.entente.chain.transport.PeerHandler;
import org.entente.chain.transport.PeerKey;
import org.entente.chain.transport.Peers;
import org.entente.chain.transport.PeersConfiguration;
import org.entente.chain.transport.Urgency;
import org.entente.light.por.Member;
import org.entente.protocol.Bytes;
import org.entente.protocol.Verdict;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Plays a node: has its key and its place in the network, and says what it is told to.
final class Speaker implements PeerHandler, AutoCloseable {
    private static final int SECONDS_MAX = 60;

    private final Function<Message, Optional<Message>> answers;
    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<Peer> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private final Peers peers;

    /// @param answers nothing to what it keeps silent about
    Speaker(Genesis genesis, LocalNode<Member> node, Function<Message, Optional<Message>> answers)
            throws Exception {
        this.answers = answers;
        NodeKeys keys = NodeKeys.read(node.directory());
        Introduction own = new Introduction(genesis.chain(), genesis.digest(), 1, Bytes.EMPTY);
        this.peers =
                Peers.start(
                        PeersConfiguration.standard(
                                new PeerAddress("127.0.0.1", node.member().port())),
                        NodeKeys.shown(keys.node()),
                        () -> own,
                        this);
    }

    /// Connects to a node and asks it.
    Message ask(LocalNode<Member> other, Message question, Class<? extends Message> kind)
            throws Exception {
        SortedMap<PeerKey, PeerAddress> wanted =
                new TreeMap<>(
                        Map.of(
                                new PeerKey(other.member().key().der()),
                                new PeerAddress("127.0.0.1", other.member().port())));
        peers.want(wanted);
        taken(opened).send(Message.FORMAT.encode(question), Urgency.NEEDED);
        while (true) {
            Message message = taken(heard);
            if (kind.isInstance(message)) {
                return message;
            }
        }
    }

    /// Waits until a connection has ended.
    String awaitClosed() throws Exception {
        return taken(closed);
    }

    private static <T> T taken(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(SECONDS_MAX, TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came");
        }
        return taken;
    }

    @Override
    public Verdict admit(PeerKey key, Introduction theirs) {
        return Verdict.accepted();
    }

    @Override
    public void opened(Peer peer) {
        opened.add(peer);
    }

    @Override
    public void heard(Peer peer, Bytes bytes) {
        Message message = Message.FORMAT.decode(bytes).orThrow();
        heard.add(message);
        answers.apply(message)
                .ifPresent(it -> peer.send(Message.FORMAT.encode(it), Urgency.NEEDED));
    }

    @Override
    public void closed(Peer peer, String why) {
        closed.add(why);
    }

    @Override
    public void refused(PeerKey key, String why) {
        // Whoever is waited for does not come, which fails the test.
    }

    @Override
    public void close() throws IOException {
        peers.close();
    }
}
