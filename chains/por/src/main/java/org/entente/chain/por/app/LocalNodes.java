package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Genesis;
import org.entente.chain.app.NodePorts;
import org.entente.chain.app.OwnerKey;
import org.entente.chain.por.Change;
import org.entente.light.por.Member;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.SettingsFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The files of a network on this machine: keys, configurations and the genesis, which comes last,
/// so where there is one everything else is.
///
/// @param owner who admits accounts
record LocalNodes(Path directory, ChainId chain, List<LocalNetwork.Node> nodes, Signer owner) {
    private static final String GENESIS = "genesis";

    LocalNodes {
        nodes = List.copyOf(nodes);
    }

    static boolean areIn(Path directory) {
        return Files.exists(directory.resolve(GENESIS));
    }

    static LocalNodes founded(Path directory, Design design)
            throws IOException, KeyFileUnusable, StartRefused {
        Files.createDirectories(directory);
        if (areIn(directory)) {
            throw new StartRefused(
                    ExitCode.USAGE, directory + " holds a network already; name another directory");
        }
        Cryptography cryptography = Cryptography.fastest();
        Instant now = Instant.now();
        List<LocalNetwork.Node> nodes = new ArrayList<>();
        List<NodePorts> ports = NodePorts.completed(design.ports(), design.count());
        for (int index = 0; index < design.count(); index++) {
            LocalNetwork.Node node =
                    node(
                            directory.resolve(name(index)),
                            design.chain(),
                            design.host().apply(index),
                            ports.get(index),
                            cryptography,
                            now);
            configure(node, design);
            nodes.add(node);
        }
        Signer owner = OwnerKey.make(directory, cryptography, now);
        Founding founding =
                new Founding(
                        design.chain(),
                        owner.key(),
                        design.accounts().stream().sorted().toList(),
                        design.parameters(),
                        design.slack(),
                        nodes.stream().map(LocalNetwork.Node::member).toList());
        Founding.write(directory.resolve(GENESIS), founding.genesis(now));
        return new LocalNodes(directory, design.chain(), nodes, owner);
    }

    /// Those that a directory has.
    static LocalNodes read(Path directory) throws IOException, KeyFileUnusable, StartRefused {
        List<LocalNetwork.Node> nodes = new ArrayList<>();
        while (Files.isDirectory(directory.resolve(name(nodes.size())))) {
            Path home = directory.resolve(name(nodes.size()));
            Member member = Founding.member(home.resolve(Founding.MEMBER_FILE)).member();
            LocalNetwork.Node node = new LocalNetwork.Node(home, 0, member.port(), member);
            int port = configuration(node).serving().http().listen().port();
            nodes.add(new LocalNetwork.Node(home, port, member.port(), member));
        }
        ChainId chain = Founding.read(directory.resolve(GENESIS)).chain();
        return new LocalNodes(directory, chain, nodes, OwnerKey.read(directory));
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
            Path home,
            ChainId chain,
            String host,
            NodePorts ports,
            Cryptography cryptography,
            Instant now)
            throws IOException, KeyFileUnusable {
        NodeKeys keys = NodeKeys.make(home, List.of("127.0.0.1"), cryptography, now);
        Change.Add added =
                Founding.member(
                        chain,
                        keys.transactions(cryptography).key(),
                        keys.blocks(cryptography),
                        new Name(home.getFileName().toString()),
                        host,
                        ports.peers());
        Founding.write(home.resolve(Founding.MEMBER_FILE), added);
        return new LocalNetwork.Node(home, ports.api(), ports.peers(), added.member());
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
                                design.chain());
        Files.writeString(
                node.configuration(), needed + String.join("\n", design.settings()) + "\n");
    }
}
