package org.entente.chain.industrial.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Genesis;
import org.entente.chain.app.LocalProcesses;
import org.entente.chain.app.NodeKey;
import org.entente.chain.app.NodePorts;
import org.entente.chain.app.OwnerKey;
import org.entente.chain.store.ChainStore;
import org.entente.protocol.Name;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.SettingsFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A network of nodes on this machine, each a process of its own.
public final class LocalNetwork implements AutoCloseable {
    private static final String GENESIS = "genesis";
    private static final String MEMBERS = "members";

    private final Path directory;
    private final List<Node> nodes;
    private final Signer owner;
    private final LocalProcesses processes;

    /// @param port of its API
    public record Node(Path directory, int port, Neighbours.Neighbour member) {
        public String api() {
            return "http://127.0.0.1:" + port;
        }

        public Path configuration() {
            return directory.resolveSibling(directory.getFileName() + ".conf");
        }

        /// What its processes said, the newest since its start.
        public Path log() {
            return directory.resolveSibling(directory.getFileName() + ".log");
        }
    }

    private LocalNetwork(Path directory, List<Node> nodes, Signer owner, Design design) {
        this.directory = directory;
        this.nodes = List.copyOf(nodes);
        this.owner = owner;
        this.processes =
                new LocalProcesses(
                        IndustrialConfiguration.PROCESS,
                        design.options(),
                        design.main(),
                        index ->
                                new LocalProcesses.NodeFiles(
                                        nodes.get(index).configuration(), nodes.get(index).log()));
    }

    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve(GENESIS));
    }

    /// Makes keys, a genesis and a directory for each node; the genesis comes last, so where there
    /// is one everything else is.
    public static LocalNetwork founded(Path directory, Design design)
            throws IOException, KeyFileUnusable, StartRefused {
        Files.createDirectories(directory);
        if (isIn(directory)) {
            throw new StartRefused(
                    ExitCode.USAGE, directory + " holds a network already; name another directory");
        }
        Cryptography cryptography = Cryptography.fastest();
        Instant now = Clock.system().instant();
        List<NodePorts> ports = NodePorts.completed(design.ports(), design.count());
        List<Node> nodes = new ArrayList<>();
        for (int index = 0; index < design.count(); index++) {
            Path home = directory.resolve(name(index));
            KeyFile key = NodeKey.make(home, List.of("127.0.0.1"), cryptography, now);
            Neighbours.Neighbour member =
                    new Neighbours.Neighbour(
                            new Name(name(index)),
                            design.host().apply(index),
                            ports.get(index).peers(),
                            cryptography.signer(key.keys()).key());
            nodes.add(new Node(home, ports.get(index).api(), member));
            configure(nodes.getLast(), design);
        }
        Neighbours members = new Neighbours(nodes.stream().map(Node::member).toList());
        members.write(directory.resolve(MEMBERS));
        Signer owner = OwnerKey.make(directory, cryptography, now);
        Founding founding =
                new Founding(
                        design.chain(),
                        owner.key(),
                        design.accounts(),
                        design.sealing(),
                        design.epochBlocks(),
                        members);
        Founding.write(directory.resolve(GENESIS), founding.genesis(now));
        return new LocalNetwork(directory, nodes, owner, design);
    }

    /// The network that a directory has, to be started again; of the design only how processes are
    /// started counts.
    public static LocalNetwork opened(Path directory, Design design) throws Exception {
        List<Node> nodes = new ArrayList<>();
        for (Neighbours.Neighbour each :
                Neighbours.read(List.of(directory.resolve(MEMBERS))).members()) {
            Node node = new Node(directory.resolve(each.name().text()), 0, each);
            int port = configuration(node).serving().http().listen().port();
            nodes.add(new Node(node.directory(), port, each));
        }
        if (nodes.size() != design.count()) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    directory
                            + " holds a network of "
                            + nodes.size()
                            + " nodes, not of "
                            + design.count());
        }
        return new LocalNetwork(directory, nodes, OwnerKey.read(directory), design);
    }

    private static String name(int index) {
        return "node-" + (index + 1);
    }

    private static void configure(Node node, Design design) throws IOException {
        String needed =
                """
                process = industrial
                listen = 127.0.0.1:%d
                peers.listen = %s:%d
                tls = off
                directory = %s
                members = %s
                chain = %s
                """
                        .formatted(
                                node.port(),
                                node.member().host(),
                                node.member().port(),
                                node.directory().getFileName(),
                                MEMBERS,
                                design.chain());
        Files.writeString(
                node.configuration(), needed + String.join("\n", design.settings()) + "\n");
    }

    private static IndustrialConfiguration configuration(Node node)
            throws IOException, StartRefused {
        return IndustrialConfiguration.configured(SettingsFile.read(node.configuration()))
                .orRefuse();
    }

    public Path directory() {
        return directory;
    }

    public List<Node> nodes() {
        return nodes;
    }

    /// Who admits accounts.
    public Signer owner() {
        return owner;
    }

    public LocalProcesses processes() {
        return processes;
    }

    /// All nodes serve.
    public void start() throws Exception {
        begin();
        processes.start(IntStream.range(0, nodes.size()).boxed().toList());
    }

    /// Each node that has no chain yet begins with the genesis.
    public void begin() throws IOException, StartRefused {
        Genesis genesis = genesis();
        for (Node node : nodes) {
            if (!ChainStore.isThere(node.directory())) {
                new IndustrialNode(configuration(node), Clock.system()).begin(genesis);
            }
        }
    }

    public Genesis genesis() throws IOException, StartRefused {
        return Founding.read(directory.resolve(GENESIS));
    }

    @Override
    public void close() {
        processes.close();
    }
}
