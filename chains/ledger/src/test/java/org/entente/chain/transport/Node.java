package org.entente.chain.transport;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.SelfSigned;
import org.entente.certs.tls.TlsIdentity;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;

import java.io.IOException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A node of a test: a key, peers on a port that was free, and a handler that remembers.
final class Node implements AutoCloseable {
    static final Introduction INTRODUCTION =
            new Introduction(
                    new ChainId("test:peers"),
                    Digest.of(Bytes.utf8("genesis")),
                    1,
                    Bytes.utf8("words"));
    static final PeerAddress ANY_PORT = new PeerAddress("127.0.0.1", 0);

    /// Dials often, and gives nobody up.
    static final PeerTimes TIMES = times(Duration.ofMinutes(2), Duration.ofMinutes(2));

    private static final Cryptography CRYPTOGRAPHY = Cryptography.fastest();
    private static final SecureRandom RANDOM = new SecureRandom();

    final TlsIdentity identity;
    final Heard heard = new Heard();
    final Peers peers;

    Node() throws IOException {
        this(freshIdentity(), INTRODUCTION, configuration(TIMES, PeerLimits.STANDARD));
    }

    Node(PeersConfiguration configuration) throws IOException {
        this(freshIdentity(), INTRODUCTION, configuration);
    }

    Node(TlsIdentity identity, Introduction own, PeersConfiguration configuration)
            throws IOException {
        this.identity = identity;
        this.peers = Peers.start(configuration, identity, () -> own, heard);
    }

    static PeerTimes times(Duration silenceMax, Duration introductionTimeMax) {
        return new PeerTimes(
                Duration.ofMillis(40),
                silenceMax,
                introductionTimeMax,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofSeconds(1));
    }

    static PeersConfiguration configuration(PeerTimes times, PeerLimits limits) {
        return configuration(times, limits, ANY_PORT);
    }

    static PeersConfiguration configuration(
            PeerTimes times, PeerLimits limits, PeerAddress listen) {
        return new PeersConfiguration(listen, times, limits, BlameTerms.STANDARD);
    }

    static TlsIdentity freshIdentity() {
        return identity(CRYPTOGRAPHY.freshKey(RANDOM));
    }

    static TlsIdentity identity(KeyPair keys) {
        return new TlsIdentity(
                keys.getPrivate(),
                List.of(
                        SelfSigned.certificate(
                                keys,
                                List.of(),
                                Duration.ofDays(1),
                                CRYPTOGRAPHY,
                                RANDOM,
                                Instant.now())));
    }

    static PeerKey key(TlsIdentity identity) {
        return PeerKey.of(identity.chain().getFirst().getPublicKey());
    }

    PeerKey key() {
        return key(identity);
    }

    void want(Node... others) {
        SortedMap<PeerKey, PeerAddress> wanted = new TreeMap<>();
        Arrays.stream(others).forEach(node -> wanted.put(node.key(), node.peers.address()));
        peers.want(wanted);
    }

    @Override
    public void close() {
        heard.reading.release(1_000_000);
        peers.close();
    }
}
