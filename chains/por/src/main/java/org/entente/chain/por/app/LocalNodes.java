package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.SelfSigned;
import org.entente.chain.Genesis;
import org.entente.chain.por.Change;
import org.entente.light.por.Member;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.SettingsFile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The files of a network on this machine: keys, configurations and the genesis, which comes last,
/// so where there is one everything else is.
///
/// @param owner who admits accounts
record LocalNodes(Path directory, List<LocalNetwork.Node> nodes, Signer owner) {
    static final ChainId CHAIN = new ChainId("por:local");
    private static final String GENESIS = "genesis";
    private static final String OWNER = "owner.p12";
    private static final String OWNER_PASSWORD = "owner.p12.password";
    private static final String MEMBER = "member";

    LocalNodes {
        nodes = List.copyOf(nodes);
    }

    static boolean areIn(Path directory) {
        return Files.exists(directory.resolve(GENESIS));
    }

    static LocalNodes founded(Path directory, Design design) throws Exception {
        Files.createDirectories(directory);
        if (areIn(directory)) {
            throw new StartRefused(
                    ExitCode.USAGE, directory + " holds a network already; name another directory");
        }
        Cryptography cryptography = Cryptography.fastest();
        Instant now = Instant.now();
        List<LocalNetwork.Node> nodes = new ArrayList<>();
        List<Integer> ports = freePorts(2 * design.count());
        for (int index = 0; index < design.count(); index++) {
            LocalNetwork.Node node =
                    node(
                            directory.resolve(name(index)),
                            ports.get(2 * index),
                            design.host().apply(index),
                            ports.get(2 * index + 1),
                            cryptography,
                            now);
            configure(node, design);
            nodes.add(node);
        }
        Signer owner = owner(directory, cryptography, now);
        Founding founding =
                new Founding(
                        CHAIN,
                        owner.key(),
                        List.of(),
                        design.parameters(),
                        design.slack(),
                        nodes.stream().map(LocalNetwork.Node::member).toList());
        Founding.write(directory.resolve(GENESIS), founding.genesis(now));
        return new LocalNodes(directory, nodes, owner);
    }

    /// Those that a directory has.
    static LocalNodes read(Path directory) throws IOException, KeyFileUnusable, StartRefused {
        List<LocalNetwork.Node> nodes = new ArrayList<>();
        while (Files.isDirectory(directory.resolve(name(nodes.size())))) {
            Path home = directory.resolve(name(nodes.size()));
            Member member = Founding.member(home.resolve(MEMBER)).member();
            LocalNetwork.Node node = new LocalNetwork.Node(home, 0, member.port(), member);
            int port = configuration(node).http().listen().port();
            nodes.add(new LocalNetwork.Node(home, port, member.port(), member));
        }
        Password password = Password.read(directory.resolve(OWNER_PASSWORD));
        KeyPair keys = KeyFile.read(directory.resolve(OWNER), password).keys();
        return new LocalNodes(directory, nodes, Cryptography.fastest().signer(keys));
    }

    Genesis genesis() throws IOException, StartRefused {
        return Founding.read(directory.resolve(GENESIS));
    }

    static PorConfiguration configuration(LocalNetwork.Node node) throws IOException, StartRefused {
        return PorConfiguration.configured(SettingsFile.read(node.configuration())).orRefuse();
    }

    private static String name(int index) {
        return "node-" + (index + 1);
    }

    private static LocalNetwork.Node node(
            Path home, int port, String host, int peers, Cryptography cryptography, Instant now)
            throws Exception {
        NodeKeys keys = NodeKeys.make(home, List.of("127.0.0.1"), cryptography, now);
        Member member =
                new Member(
                        keys.transactions(cryptography).key(),
                        new Name(home.getFileName().toString()),
                        keys.blocks(cryptography).key(),
                        host,
                        peers,
                        0);
        Bytes consent =
                keys.blocks(cryptography)
                        .sign(Member.consent(CHAIN, member.account(), member.key()));
        Founding.write(home.resolve(MEMBER), new Change.Add(member, consent));
        return new LocalNetwork.Node(home, port, peers, member);
    }

    private static Signer owner(Path directory, Cryptography cryptography, Instant now)
            throws Exception {
        SecureRandom random = new SecureRandom();
        Files.deleteIfExists(directory.resolve(OWNER_PASSWORD));
        KeyPair keys = cryptography.freshKey(random);
        var certificate =
                SelfSigned.certificate(
                        keys, List.of(), Duration.ofDays(3650), cryptography, random, now);
        new KeyFile(keys, List.of(certificate))
                .write(
                        directory.resolve(OWNER),
                        Password.create(directory.resolve(OWNER_PASSWORD), random));
        return cryptography.signer(keys);
    }

    private static void configure(LocalNetwork.Node node, Design design) throws IOException {
        String needed =
                """
                process = por
                listen = 127.0.0.1:%d
                peers.listen = %s:%d
                tls = off
                directory = %s
                chain = %s
                """
                        .formatted(
                                node.port(),
                                node.member().host(),
                                node.peers(),
                                node.directory().getFileName(),
                                CHAIN);
        Files.writeString(
                node.configuration(), needed + String.join("\n", design.settings()) + "\n");
    }

    /// Ports that are free now; each node takes its own at once.
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int index = 0; index < count; index++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
