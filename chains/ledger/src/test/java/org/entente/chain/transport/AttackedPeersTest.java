package org.entente.chain.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.certs.tls.TlsIdentity;
import org.entente.protocol.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// The other end says what it should not, or nothing, or too much.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackedPeersTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(250);

    private final Node node;

    AttackedPeersTest() throws IOException {
        node = new Node();
    }

    @AfterAll
    void close() {
        node.close();
    }

    @Test
    void garbage_where_tls_should_be_ends_that_connection_alone() throws Exception {
        long refused = node.peers.counts().refused();
        try (Socket socket = new Socket()) {
            socket.connect(node.peers.address().lookedUp());
            byte[] garbage = new byte[4096];
            new Random(1).nextBytes(garbage);
            garbage[0] = 22;
            garbage[1] = 9;
            socket.getOutputStream().write(garbage);
            untilClosed(socket);
        }
        PeersTest.await(() -> node.peers.counts().refused() > refused);
        stillServes();
    }

    @Test
    void what_is_no_frame_ends_the_connection_with_the_reason() throws Exception {
        assertThat(answer(Stranger.introduced(node), new byte[] {0, 0, 0, 0, 99}))
                .contains("no frame has the type 99");
        assertThat(answer(Stranger.introduced(node), head(1, Frame.Type.PING)))
                .contains("PING of 1 bytes, 0 are allowed");
        assertThat(answer(Stranger.introduced(node), Stranger.hello().written()))
                .contains("a second introduction");
    }

    @Test
    void what_comes_before_an_introduction_is_refused() throws Exception {
        assertThat(answer(new Stranger(node, Node.freshIdentity()), Frame.PING.written()))
                .contains("PING before an introduction");
        Frame torn = new Frame(Frame.Type.HELLO, Bytes.utf8("chain/hello/v1"));
        assertThat(answer(new Stranger(node, Node.freshIdentity()), torn.written()))
                .contains("MALFORMED");
    }

    @Test
    void a_size_past_the_limit_is_refused_from_the_head_alone() throws Exception {
        assertThat(
                        answer(
                                Stranger.introduced(node),
                                head(Peer.MESSAGE_SIZE_BYTES_MAX + 1, Frame.Type.MESSAGE)))
                .contains("8388609 bytes, 8388608 are allowed");
        assertThat(answer(Stranger.introduced(node), head(-1, Frame.Type.MESSAGE)))
                .contains("4294967295 bytes");
    }

    @Test
    void who_is_silent_after_tls_or_introduces_itself_by_half_is_given_up() throws Exception {
        PeersConfiguration impatient =
                Node.configuration(Node.times(LONG, Duration.ofSeconds(2)), PeerLimits.STANDARD);
        try (Node hasty = new Node(impatient);
                Socket bare = new Socket();
                Stranger silent = new Stranger(hasty, Node.freshIdentity());
                Stranger half = new Stranger(hasty, Node.freshIdentity())) {
            bare.connect(hasty.peers.address().lookedUp());
            byte[] hello = Stranger.hello().written();
            half.send(Arrays.copyOf(hello, hello.length / 2));
            untilClosed(bare);
            untilGone(silent);
            untilGone(half);
            assertThat(hasty.heard.told).isEmpty();
            PeersTest.await(() -> hasty.peers.counts().refused() == 3);
        }
    }

    @Test
    void who_falls_silent_is_given_up() throws Exception {
        PeersConfiguration impatient =
                Node.configuration(Node.times(SHORT, LONG), PeerLimits.STANDARD);
        try (Node hasty = new Node(impatient);
                Stranger stranger = Stranger.introduced(hasty)) {
            assertThat(stranger.bye()).isEqualTo("silent for " + SHORT);
            hasty.heard.opened();
            assertThat(hasty.heard.closed()).isEqualTo("silent for " + SHORT);
        }
    }

    @Test
    void a_frame_that_trickles_is_given_up_though_bytes_keep_coming() throws Exception {
        PeerTimes times =
                new PeerTimes(
                        Duration.ofMillis(40),
                        LONG,
                        LONG,
                        SHORT,
                        LONG,
                        Duration.ofMillis(20),
                        Duration.ofMillis(200),
                        LONG);
        try (Node hasty = new Node(Node.configuration(times, PeerLimits.STANDARD));
                Stranger stranger = Stranger.introduced(hasty)) {
            stranger.send(head(1_000_000, Frame.Type.MESSAGE));
            Thread trickling = Thread.ofVirtual().start(() -> trickle(stranger));
            assertThat(stranger.bye()).isEqualTo("one frame took more than " + SHORT);
            trickling.join();
            hasty.heard.opened();
            assertThat(hasty.heard.closed()).startsWith("one frame took");
        }
    }

    @Test
    void who_reads_nothing_of_what_is_being_sent_is_given_up() throws Exception {
        PeerTimes times =
                new PeerTimes(
                        Duration.ofMillis(40),
                        LONG,
                        LONG,
                        LONG,
                        SHORT,
                        Duration.ofMillis(20),
                        Duration.ofMillis(200),
                        LONG);
        try (Node hasty = new Node(Node.configuration(times, PeerLimits.STANDARD));
                Stranger deaf = Stranger.introduced(hasty)) {
            Peer peer = hasty.heard.opened();
            Bytes large = Bytes.copyOf(new byte[Peer.MESSAGE_SIZE_BYTES_MAX]);
            peer.send(large, Urgency.NEEDED);
            peer.send(large, Urgency.NEEDED);
            assertThat(hasty.heard.closed()).isEqualTo("read nothing for " + SHORT);
            assertThat(deaf.plain.isClosed()).isFalse();
        }
    }

    @Test
    void the_same_node_is_no_peer() throws Exception {
        try (Stranger self = new Stranger(node, node.identity)) {
            assertThat(self.bye()).isEqualTo("this is the same node");
        }
    }

    @Test
    void only_so_many_may_come_without_saying_who_they_are() throws Exception {
        PeerLimits two = new PeerLimits(2, 8, 8, Peer.MESSAGE_SIZE_BYTES_MAX, 100, 1L << 30);
        try (Node strict = new Node(Node.configuration(Node.TIMES, two));
                Socket first = new Socket();
                Socket second = new Socket();
                Socket third = new Socket()) {
            first.connect(strict.peers.address().lookedUp());
            second.connect(strict.peers.address().lookedUp());
            third.connect(strict.peers.address().lookedUp());
            untilClosed(third);
            assertThat(strict.peers.counts().refused()).isOne();
            first.shutdownOutput();
            PeersTest.await(() -> strict.peers.counts().refused() == 2);
            try (Stranger introduced = Stranger.introduced(strict)) {
                assertThat(strict.heard.opened().key()).isNotEqualTo(strict.key());
                assertThat(introduced.plain.isClosed()).isFalse();
            }
        }
    }

    @Test
    void there_is_room_for_so_many_strangers_and_for_all_who_are_wanted() throws Exception {
        PeerLimits one = new PeerLimits(8, 1, 8, Peer.MESSAGE_SIZE_BYTES_MAX, 100, 1L << 30);
        try (Node strict = new Node(Node.configuration(Node.TIMES, one));
                Node wanted = new Node();
                Stranger first = Stranger.introduced(strict)) {
            strict.heard.opened();
            try (Stranger second = Stranger.introduced(strict)) {
                assertThat(second.bye()).isEqualTo("no room for more that are not wanted here");
            }
            strict.want(wanted);
            assertThat(strict.heard.opened().key()).isEqualTo(wanted.key());
            assertThat(first.plain.isClosed()).isFalse();
        }
    }

    @Test
    void of_two_connections_the_one_that_the_lower_key_dialled_stays() throws Exception {
        try (Node here = new Node()) {
            TlsIdentity lower = identity(here.key(), -1);
            TlsIdentity higher = identity(here.key(), 1);
            try (Stranger dialled = dialledBy(here, lower)) {
                here.heard.opened();
                try (Stranger dialling = Stranger.introduced(here, lower)) {
                    assertThat(dialled.bye()).isEqualTo(Refused.CONNECTED);
                    assertThat(here.heard.closed()).isEqualTo(Refused.CONNECTED);
                    here.heard.opened();
                    here.peers.want(new TreeMap<>());
                    assertThat(dialling.plain.isClosed()).isFalse();
                }
            }
            here.heard.closed();
            try (Stranger dialled = dialledBy(here, higher)) {
                here.heard.opened();
                try (Stranger dialling = Stranger.introduced(here, higher)) {
                    assertThat(dialling.bye()).isEqualTo(Refused.CONNECTED);
                }
                dialled.send(new Frame(Frame.Type.MESSAGE, Bytes.utf8("still here")));
                assertThat(here.heard.message()).isEqualTo(Bytes.utf8("still here"));
            }
        }
    }

    @Test
    void a_farewell_is_made_fit_for_a_log() throws Exception {
        try (Node here = new Node();
                Stranger stranger = Stranger.introduced(here)) {
            here.heard.opened();
            stranger.send(Frame.bye("enough\nERROR " + "€".repeat(100)));
            assertThat(here.heard.closed()).startsWith("the other end: enough?ERROR €€€");
        }
    }

    private static TlsIdentity identity(PeerKey than, int sign) {
        while (true) {
            TlsIdentity identity = Node.freshIdentity();
            if (Integer.signum(Node.key(identity).compareTo(than)) == sign) {
                return identity;
            }
        }
    }

    /// A node's connection to one that it wants, which is played.
    private static Stranger dialledBy(Node from, TlsIdentity played) throws IOException {
        try (ServerSocket listening = new ServerSocket(0)) {
            TreeMap<PeerKey, PeerAddress> wanted = new TreeMap<>();
            wanted.put(Node.key(played), new PeerAddress("127.0.0.1", listening.getLocalPort()));
            from.peers.want(wanted);
            Stranger stranger = new Stranger(listening.accept(), played);
            stranger.send(Stranger.hello());
            return stranger;
        }
    }

    private static String answer(Stranger stranger, byte[] said) throws IOException {
        try (stranger) {
            stranger.send(said);
            return stranger.bye();
        }
    }

    private static byte[] head(int size, Frame.Type type) {
        return ByteBuffer.allocate(Frame.HEAD_SIZE_BYTES)
                .putInt(size)
                .put((byte) type.code())
                .array();
    }

    private static void trickle(Stranger stranger) {
        try {
            while (true) {
                stranger.send(new byte[1]);
                Thread.sleep(10);
            }
        } catch (IOException e) {
            // Given up, as it should be.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void untilClosed(Socket socket) throws IOException {
        socket.setSoTimeout((int) LONG.toMillis());
        try {
            while (socket.getInputStream().read() >= 0) {
                // An alert may come first.
            }
        } catch (SocketException e) {
            assertThat(e).isNotInstanceOf(ConnectException.class);
        }
    }

    private static void untilGone(Stranger stranger) {
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                stranger.reader.next();
                            }
                        })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private void stillServes() throws Exception {
        try (Stranger stranger = Stranger.introduced(node)) {
            stranger.send(Frame.PING);
            assertThat(stranger.reader.next().type()).isEqualTo(Frame.Type.HELLO);
            Optional<Frame> pong = Optional.empty();
            while (pong.isEmpty()) {
                pong =
                        Optional.of(stranger.reader.next())
                                .filter(frame -> frame.type() == Frame.Type.PONG);
            }
        }
    }
}
