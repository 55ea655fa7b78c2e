package org.entente.chain.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.certs.tls.TlsIdentity;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Nodes that keep the rules, over real sockets.
class PeersTest {
    @Test
    void two_nodes_talk_both_ways_and_messages_keep_their_order() throws Exception {
        TlsIdentity rsa = Node.identity(rsaKey());
        try (Node alpha = new Node();
                Node beta =
                        new Node(
                                rsa,
                                Node.INTRODUCTION,
                                Node.configuration(Node.TIMES, PeerLimits.STANDARD))) {
            alpha.want(beta);
            Peer toBeta = alpha.heard.opened();
            Peer toAlpha = beta.heard.opened();
            assertThat(toBeta.key()).isEqualTo(beta.key());
            assertThat(toAlpha.key()).isEqualTo(alpha.key());
            assertThat(toBeta.introduction()).isEqualTo(Node.INTRODUCTION);
            assertThat(toBeta.address()).isEqualTo(beta.peers.address());
            assertThat(alpha.peers.connected()).containsOnlyKeys(beta.key());
            for (int number = 0; number < 1_000; number++) {
                toBeta.send(numbered(number), Urgency.NEEDED);
                toAlpha.send(numbered(-number), Urgency.DROPPABLE);
            }
            for (int number = 0; number < 1_000; number++) {
                assertThat(beta.heard.message()).isEqualTo(numbered(number));
                assertThat(alpha.heard.message()).isEqualTo(numbered(-number));
            }
            await(() -> alpha.peers.counts().messagesOut() == 1_000);
            assertThat(alpha.peers.counts().messagesIn()).isEqualTo(1_000);
            assertThat(alpha.peers.counts().connected()).isOne();
            assertThat(alpha.peers.counts().dropped()).isZero();
        }
    }

    @Test
    void the_largest_message_arrives_and_a_larger_one_is_not_taken() throws Exception {
        try (Node alpha = new Node();
                Node beta = new Node()) {
            alpha.want(beta);
            Peer peer = alpha.heard.opened();
            byte[] large = new byte[Peer.MESSAGE_SIZE_BYTES_MAX];
            new Random(7).nextBytes(large);
            assertThat(peer.send(Bytes.copyOf(large), Urgency.NEEDED)).isTrue();
            beta.heard.opened();
            assertThat(beta.heard.message()).isEqualTo(Bytes.copyOf(large));
            Bytes larger = Bytes.copyOf(Arrays.copyOf(large, large.length + 1));
            assertThatThrownBy(() -> peer.send(larger, Urgency.NEEDED))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_network_with_another_genesis_chain_or_version_is_told_so_at_both_ends()
            throws Exception {
        Introduction own = Node.INTRODUCTION;
        for (Introduction other :
                List.of(
                        new Introduction(own.chain(), Digest.ZERO, own.version(), own.words()),
                        new Introduction(
                                new ChainId("test:others"),
                                own.genesis(),
                                own.version(),
                                own.words()),
                        new Introduction(own.chain(), own.genesis(), 2, own.words()))) {
            try (Node alpha = new Node();
                    Node beta =
                            new Node(
                                    Node.freshIdentity(),
                                    other,
                                    Node.configuration(Node.TIMES, PeerLimits.STANDARD))) {
                alpha.want(beta);
                Heard.NotOpened here = alpha.heard.next(Heard.NotOpened.class);
                Heard.NotOpened there = beta.heard.next(Heard.NotOpened.class);
                assertThat(here.key()).isEqualTo(beta.key());
                assertThat(there.key()).isEqualTo(alpha.key());
                assertThat(here.why()).contains(Fault.WRONG_CHAIN.toString());
                assertThat(there.why()).contains(Fault.WRONG_CHAIN.toString());
                assertThat(alpha.peers.counts().opened()).isZero();
            }
        }
    }

    @Test
    void who_is_not_admitted_is_told_why() throws Exception {
        try (Node alpha = new Node();
                Node beta = new Node()) {
            beta.heard.admitting = Verdict.rejected(Fault.UNKNOWN_NODE, "no member");
            alpha.want(beta);
            assertThat(alpha.heard.opened().key()).isEqualTo(beta.key());
            assertThat(alpha.heard.closed()).contains("the other end: ").contains("no member");
            assertThat(beta.heard.next(Heard.NotOpened.class).why()).contains("no member");
        }
    }

    @Test
    void nodes_that_dial_each_other_at_once_keep_the_connection_that_the_lower_key_dialled()
            throws Exception {
        for (int round = 0; round < 5; round++) {
            try (Node alpha = new Node();
                    Node beta = new Node()) {
                Node lower = alpha.key().compareTo(beta.key()) < 0 ? alpha : beta;
                Node higher = lower == alpha ? beta : alpha;
                higher.want(lower);
                lower.want(higher);
                await(() -> dialled(lower, higher).equals(Optional.of(Dialled.BY_US)));
                await(() -> dialled(higher, lower).equals(Optional.of(Dialled.BY_THEM)));
                exchangeOver(lower, higher);
            }
        }
    }

    /// Many times there and back, while both would dial again if they had a reason.
    private static void exchangeOver(Node lower, Node higher) throws InterruptedException {
        Peer there = peer(lower, higher);
        Peer back = peer(higher, lower);
        untilOpened(lower, there);
        untilOpened(higher, back);
        for (int number = 0; number < 300; number++) {
            assertThat(there.send(numbered(number), Urgency.NEEDED)).isTrue();
            assertThat(higher.heard.message()).isEqualTo(numbered(number));
            assertThat(back.send(numbered(number), Urgency.NEEDED)).isTrue();
            assertThat(lower.heard.message()).isEqualTo(numbered(number));
        }
    }

    private static void untilOpened(Node node, Peer peer) throws InterruptedException {
        while (!node.heard.next().equals(new Heard.Opened(peer))) {
            assertThat(peer.key()).isNotEqualTo(node.key());
        }
    }

    @Test
    void a_connection_that_breaks_is_dialled_again() throws Exception {
        try (Node alpha = new Node();
                Node beta = new Node()) {
            alpha.want(beta);
            Peer first = alpha.heard.opened();
            beta.heard.opened();
            ((Connection) peer(beta, alpha)).hangUp();
            assertThat(alpha.heard.closed()).contains("the connection broke");
            assertThat(beta.heard.closed()).contains("the connection broke");
            assertThat(first.send(numbered(1), Urgency.NEEDED)).isFalse();
            Peer second = alpha.heard.opened();
            beta.heard.opened();
            second.send(numbered(2), Urgency.NEEDED);
            assertThat(beta.heard.message()).isEqualTo(numbered(2));
        }
    }

    @Test
    void a_node_that_comes_back_elsewhere_is_connected_when_its_new_address_is_known()
            throws Exception {
        try (Node alpha = new Node()) {
            TlsIdentity identity = Node.freshIdentity();
            PeersConfiguration anyPort = Node.configuration(Node.TIMES, PeerLimits.STANDARD);
            try (Node before = new Node(identity, Node.INTRODUCTION, anyPort)) {
                alpha.want(before);
                alpha.heard.opened();
                before.heard.opened();
            }
            assertThat(alpha.heard.closed()).isEqualTo("the other end: stopping");
            try (Node after = new Node(identity, Node.INTRODUCTION, anyPort)) {
                alpha.want(after);
                assertThat(alpha.heard.opened().key()).isEqualTo(after.key());
            }
        }
    }

    @Test
    void another_key_at_the_address_is_another_peer() throws Exception {
        try (Node alpha = new Node();
                Node beta = new Node();
                Node gamma = new Node()) {
            TreeMap<PeerKey, PeerAddress> wanted = new TreeMap<>();
            wanted.put(beta.key(), gamma.peers.address());
            alpha.peers.want(wanted);
            assertThat(alpha.heard.next(Heard.NotOpened.class))
                    .isEqualTo(
                            new Heard.NotOpened(
                                    gamma.key(),
                                    "the key %s was dialled, not %s"
                                            .formatted(beta.key(), gamma.key())));
            assertThat(gamma.heard.next(Heard.NotOpened.class).why()).contains("was dialled");
            alpha.want(gamma);
            await(() -> alpha.peers.connected().containsKey(gamma.key()));
        }
    }

    @Test
    void who_takes_another_key_is_connected_under_that_one_alone() throws Exception {
        try (Node alpha = new Node();
                Node beta = new Node()) {
            alpha.want(beta);
            beta.want(alpha);
            await(() -> alpha.peers.connected().containsKey(beta.key()));
            Peer before = peer(alpha, beta);
            TlsIdentity next = Node.freshIdentity();
            beta.peers.become(next);
            await(() -> !before.send(numbered(0), Urgency.NEEDED));
            // Beta dials at once, whomever alpha still looks for.
            await(() -> alpha.peers.connected().containsKey(Node.key(next)));
            assertThat(alpha.peers.connected()).doesNotContainKey(beta.key());
            TreeMap<PeerKey, PeerAddress> wanted = new TreeMap<>();
            wanted.put(Node.key(next), beta.peers.address());
            wanted.put(alpha.key(), alpha.peers.address());
            alpha.peers.want(wanted);
            beta.peers.want(wanted);
            await(() -> !beta.peers.connected().isEmpty());
            Bytes message = numbered(1);
            await(() ->
                    alpha.peers.connected().containsKey(Node.key(next))
                            && peer(alpha, Node.key(next)).send(message, Urgency.NEEDED));
            await(() -> beta.heard.told.contains(new Heard.Message(alpha.key(), message)));
            assertThat(alpha.peers.connected()).containsOnlyKeys(Node.key(next));
            assertThat(beta.peers.connected()).containsOnlyKeys(alpha.key());
        }
    }

    @Test
    void who_is_no_longer_wanted_is_not_dialled_again() throws Exception {
        try (Node alpha = new Node();
                Node beta = new Node()) {
            int idle = alpha.peers.threads();
            alpha.want(beta);
            Peer peer = alpha.heard.opened();
            alpha.want();
            assertThat(alpha.peers.connected()).containsOnlyKeys(beta.key());
            peer.close("left the network");
            assertThat(alpha.heard.closed()).isEqualTo("left the network");
            beta.heard.opened();
            assertThat(beta.heard.closed()).isEqualTo("the other end: left the network");
            await(() -> alpha.peers.threads() == idle);
            assertThat(alpha.heard.told).isEmpty();
        }
    }

    @Test
    void for_who_does_not_read_gossip_is_left_out_and_what_is_needed_ends_the_connection()
            throws Exception {
        PeerLimits limits = new PeerLimits(8, 8, 16, Peer.MESSAGE_SIZE_BYTES_MAX, 20_000, 1L << 30);
        try (Node alpha = new Node(Node.configuration(Node.TIMES, limits));
                Node beta = new Node()) {
            beta.heard.reading.drainPermits();
            alpha.want(beta);
            Peer peer = alpha.heard.opened();
            Bytes large = Bytes.copyOf(new byte[1024 * 1024]);
            await(() -> !peer.send(large, Urgency.DROPPABLE));
            assertThat(alpha.peers.counts().dropped()).isPositive();
            assertThat(alpha.peers.connected()).containsOnlyKeys(beta.key());
            await(() -> !peer.send(large, Urgency.NEEDED));
            assertThat(alpha.heard.closed()).isEqualTo("does not read what it needs");
        }
    }

    @Test
    void a_key_that_is_blamed_enough_is_refused_for_a_while() throws Exception {
        BlameTerms terms = new BlameTerms(Duration.ofHours(1), Duration.ofMillis(700));
        try (Node alpha =
                        new Node(
                                new PeersConfiguration(
                                        Node.ANY_PORT, Node.TIMES, PeerLimits.STANDARD, terms));
                Node beta = new Node()) {
            beta.want(alpha);
            Peer peer = alpha.heard.opened();
            peer.blame(60, "a block that does not hold");
            assertThat(alpha.peers.connected()).containsOnlyKeys(beta.key());
            peer.blame(60, "another one");
            assertThat(alpha.heard.closed()).contains("another one");
            assertThat(alpha.peers.counts().blamed()).isOne();
            assertThat(alpha.heard.next(Heard.NotOpened.class).why()).contains("for what it did");
            beta.heard.opened();
            assertThat(beta.heard.closed()).contains("another one");
            assertThat(beta.heard.next(Heard.NotOpened.class).why()).contains("for what it did");
            await(() -> alpha.peers.connected().containsKey(beta.key()));
        }
    }

    @Test
    void who_sends_faster_than_is_allowed_is_read_more_slowly_and_loses_nothing() throws Exception {
        PeerLimits limits =
                new PeerLimits(8, 8, 4096, Peer.MESSAGE_SIZE_BYTES_MAX, 1_000, 1L << 30);
        try (Node alpha = new Node();
                Node beta = new Node(Node.configuration(Node.TIMES, limits))) {
            alpha.want(beta);
            Peer peer = alpha.heard.opened();
            beta.heard.opened();
            long begun = System.nanoTime();
            for (int number = 0; number < 1_400; number++) {
                assertThat(peer.send(numbered(number), Urgency.NEEDED)).isTrue();
            }
            for (int number = 0; number < 1_400; number++) {
                assertThat(beta.heard.message()).isEqualTo(numbered(number));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void a_handler_that_fails_ends_that_connection_alone() throws Exception {
        try (Node alpha = new Node();
                Node beta = new Node();
                Node gamma = new Node()) {
            beta.want(alpha);
            gamma.want(alpha);
            Peer fromBeta = beta.heard.opened();
            Peer fromGamma = gamma.heard.opened();
            await(() -> alpha.peers.connected().size() == 2);
            alpha.heard.failing = true;
            fromBeta.send(numbered(1), Urgency.NEEDED);
            assertThat(beta.heard.closed()).isEqualTo("the other end: failed at this end");
            alpha.heard.failing = false;
            alpha.heard.told.clear();
            fromGamma.send(numbered(2), Urgency.NEEDED);
            await(() -> alpha.heard.told.contains(new Heard.Message(gamma.key(), numbered(2))));
        }
    }

    @Test
    void when_closed_no_thread_is_left() throws Exception {
        try (Node alpha = new Node();
                Node beta = new Node();
                Node unreachable = new Node();
                Stranger silent = new Stranger(alpha, Node.freshIdentity())) {
            unreachable.peers.close();
            alpha.want(beta, unreachable);
            alpha.heard.opened();
            beta.heard.opened();
            beta.heard.reading.drainPermits();
            peer(alpha, beta).send(numbered(1), Urgency.NEEDED);
            assertThat(alpha.peers.threads()).isGreaterThan(4);
            alpha.peers.close();
            assertThat(alpha.peers.threads()).isZero();
            assertThat(beta.heard.reading.tryAcquire(0, TimeUnit.SECONDS)).isFalse();
            beta.peers.close();
            assertThat(beta.peers.threads()).isZero();
            assertThat(silent.plain.isConnected()).isTrue();
        }
    }

    private static Optional<Dialled> dialled(Node from, Node to) {
        return from.peers.connected().get(to.key()) instanceof Connection connection
                ? Optional.of(connection.dialled())
                : Optional.empty();
    }

    private static Peer peer(Node from, Node to) {
        return peer(from, to.key());
    }

    private static Peer peer(Node from, PeerKey to) {
        return Objects.requireNonNull(from.peers.connected().get(to));
    }

    private static Bytes numbered(int number) {
        return Bytes.utf8("message " + number);
    }

    private static KeyPair rsaKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    static void await(BooleanSupplier holds) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(5);
        }
    }
}
