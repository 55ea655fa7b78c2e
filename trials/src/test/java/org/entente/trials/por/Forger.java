package org.entente.trials.por;

import org.entente.certs.Cryptography;
import org.entente.certs.Verifier;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.tls.TlsIdentity;
import org.entente.chain.Genesis;
import org.entente.chain.app.LocalNode;
import org.entente.chain.por.BlockJudge;
import org.entente.chain.por.Habits;
import org.entente.chain.por.Message;
import org.entente.chain.por.PorBlock;
import org.entente.chain.por.StrongContracts;
import org.entente.chain.por.Template;
import org.entente.chain.por.Watch;
import org.entente.chain.por.worker.Keeper;
import org.entente.chain.store.ForkedStore;
import org.entente.chain.transport.Introduction;
import org.entente.chain.transport.Peer;
import org.entente.chain.transport.PeerAddress;
import org.entente.chain.transport.PeerHandler;
import org.entente.chain.transport.PeerKey;
import org.entente.chain.transport.Peers;
import org.entente.chain.transport.PeersConfiguration;
import org.entente.chain.transport.Urgency;
import org.entente.chain.worker.Remembered;
import org.entente.light.NodeKey;
import org.entente.light.NodeSigner;
import org.entente.light.Rsa;
import org.entente.light.por.BlockHeader;
import org.entente.light.por.Certificate;
import org.entente.light.por.HeaderJudge;
import org.entente.light.por.Link;
import org.entente.light.por.Member;
import org.entente.light.por.Settings;
import org.entente.light.por.Work;
import org.entente.protocol.Bytes;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Makes the next block of a member, with its work, and signs it with whatever key it is given.
///
/// @param header with its nonce
record Forger(Genesis genesis, Template template, BlockHeader header) {
    private static final Cryptography CRYPTOGRAPHY = Cryptography.fastest();
    private static final Rsa RSA = Rsa.of(CRYPTOGRAPHY);
    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    /// A node that begins at once and never rests.
    private static final Habits EAGER =
            new Habits(
                    1,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    0,
                    1e9,
                    Duration.ofDays(1),
                    Duration.ofDays(1));

    /// @param directory of a node that has ended
    /// @param copy a folder that is not there yet
    static Forger of(Path directory, Path copy, Genesis genesis, VerifyingKey account)
            throws IOException {
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.toList()) {
                Files.copy(each, copy.resolve(each.getFileName().toString()));
            }
        }
        Settings settings = Settings.FORMAT.decode(genesis.settings()).orThrow();
        Verifier verifier = CRYPTOGRAPHY.verifier();
        BlockJudge judge =
                new BlockJudge(
                        settings, new HeaderJudge(genesis.chain(), RSA, Work.HASHED), verifier);
        Instant now = Instant.now();
        StrongContracts contracts = new StrongContracts(genesis.chain(), settings, RSA);
        try (ForkedStore store = ForkedStore.open(copy, contracts)) {
            Watch watch =
                    new Keeper(store, settings, verifier, 1_000)
                            .replayed(
                                    last ->
                                            new Watch(
                                                    judge,
                                                    EAGER,
                                                    account,
                                                    key -> Optional.of(new Nobody(key)),
                                                    last,
                                                    now),
                                    Remembered.of(1, 0, _ -> Optional.empty()),
                                    now);
            Template template =
                    watch.work(Optional.empty(), (_, _, _) -> List.of(), now).orElseThrow();
            return new Forger(genesis, template, worked(template));
        }
    }

    /// Signs nothing: whether it has the key is asked before work begins.
    private record Nobody(NodeKey key) implements NodeSigner {
        @Override
        public Bytes sign(Bytes message) {
            throw new IllegalStateException("this key is not held");
        }
    }

    private static BlockHeader worked(Template template) {
        Link parent = template.parent().link();
        var distances =
                parent.window().distances(template.creation().creator(), parent.rules().count());
        BlockHeader header = template.header();
        while (!Work.HASHED.isDone(header, parent.rules().difficulty(), distances)) {
            header = header.with(header.nonce() + 1);
        }
        return header;
    }

    long height() {
        return template.creation().height();
    }

    PorBlock block(KeyFile node) {
        Bytes words = Certificate.signed(genesis.chain(), height(), header.hash());
        return new PorBlock(
                header,
                template.creation(),
                template.transactions(),
                RSA.signer(node.keys()).sign(words));
    }

    /// Sends a block to a node, as whoever has a key.
    Sent send(PorBlock block, KeyFile as, LocalNode<Member> to) throws IOException {
        Introduction own = new Introduction(genesis.chain(), genesis.digest(), 1, Bytes.EMPTY);
        Message message = new Message.Blocks(List.of(block.bytes()));
        Sending sending = new Sending(Message.FORMAT.encode(message));
        Peers peers =
                Peers.start(
                        PeersConfiguration.standard(new PeerAddress("127.0.0.1", 0)),
                        new TlsIdentity(as.keys().getPrivate(), as.chain()),
                        () -> own,
                        sending);
        TreeMap<PeerKey, PeerAddress> wanted = new TreeMap<>();
        wanted.put(
                new PeerKey(to.member().key().der()),
                new PeerAddress(to.member().host(), to.member().port()));
        peers.want(wanted);
        return new Sent(peers, sending);
    }

    /// A block on its way, until closed.
    record Sent(Peers peers, Sending sending) implements AutoCloseable {
        /// Waits until the node ends the connection, and says why.
        String ended() throws InterruptedException {
            String why = sending.ends.poll(TIME_MAX.toSeconds(), TimeUnit.SECONDS);
            return Objects.requireNonNull(why, "the node does not end the connection");
        }

        @Override
        public void close() {
            peers.close();
        }
    }

    /// Says one thing, and hears how that ends.
    private static final class Sending implements PeerHandler {
        private final Bytes message;
        private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

        Sending(Bytes message) {
            this.message = message;
        }

        @Override
        public Verdict admit(PeerKey key, Introduction theirs) {
            return Verdict.accepted();
        }

        @Override
        public void opened(Peer peer) {
            peer.send(message, Urgency.NEEDED);
        }

        @Override
        public void heard(Peer peer, Bytes bytes) {}

        @Override
        public void closed(Peer peer, String why) {
            ends.add(why);
        }

        @Override
        public void refused(PeerKey key, String why) {
            ends.add(why);
        }
    }
}
