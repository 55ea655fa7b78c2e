package org.entente.chain.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Genesis;
import org.entente.chain.store.ChainStore;
import org.entente.chain.transport.PeerAddress;
import org.entente.protocol.ChainId;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A network of nodes on this machine, each a process of its own.
///
/// @param <M> who a node is, for the others
public final class LocalNetwork<M> implements AutoCloseable {
    private static final String GENESIS = "genesis";

    private final Path directory;
    private final LocalDesign<M> design;
    private final List<LocalNode<M>> nodes;
    private final Signer owner;
    private final Genesis genesis;
    private final LocalProcesses processes;

    private LocalNetwork(
            Path directory,
            LocalDesign<M> design,
            List<LocalNode<M>> nodes,
            Signer owner,
            Genesis genesis) {
        this.directory = directory;
        this.design = design;
        this.nodes = List.copyOf(nodes);
        this.owner = owner;
        this.genesis = genesis;
        this.processes =
                new LocalProcesses(design.process(), design.options(), design.main(), this.nodes);
    }

    /// The one that a command asks for serves, and ends with it: in `--directory`, or in a new
    /// folder. To a program (`--json`) nothing is said of it.
    public static <M> LocalNetwork<M> asked(
            Options options, LocalDesign<M> design, Shutdown shutdown) throws Exception {
        Path directory =
                options.has("--directory")
                        ? Path.of(options.one("--directory")).toAbsolutePath()
                        : Files.createTempDirectory("entente-" + design.process());
        LocalNetwork<M> network = at(directory, design);
        shutdown.closing("nodes", _ -> network.close());
        network.start();
        if (!options.has("--json")) {
            network.introduce();
        }
        return network;
    }

    /// The one that a directory has, or a new one there.
    private static <M> LocalNetwork<M> at(Path directory, LocalDesign<M> design)
            throws IOException, KeyFileUnusable, StartRefused {
        return isIn(directory) ? opened(directory, design) : founded(directory, design);
    }

    private static boolean isIn(Path directory) {
        return Files.exists(directory.resolve(GENESIS));
    }

    /// Makes keys, a configuration and a directory for each node, and the genesis, which comes
    /// last, so where there is one everything else is.
    public static <M> LocalNetwork<M> founded(Path directory, LocalDesign<M> design)
            throws IOException, KeyFileUnusable, StartRefused {
        Files.createDirectories(directory);
        if (isIn(directory)) {
            throw new StartRefused(
                    ExitCode.USAGE, directory + " holds a network already; name another directory");
        }
        Cryptography cryptography = Cryptography.fastest();
        Instant now = Clock.system().instant();
        List<NodePorts> ports = NodePorts.completed(design.ports(), design.count());
        List<LocalNode<M>> nodes = new ArrayList<>();
        for (int index = 0; index < design.count(); index++) {
            Path home = LocalNode.directory(directory, index);
            PeerAddress at = new PeerAddress(design.host().apply(index), ports.get(index).peers());
            LocalNode<M> node =
                    new LocalNode<>(
                            home,
                            ports.get(index).api(),
                            design.member(home, at, cryptography, now));
            configure(node, at, design);
            nodes.add(node);
        }
        Signer owner = OwnerKey.make(directory, cryptography, now);
        List<M> members = nodes.stream().map(LocalNode::member).toList();
        Genesis genesis = design.genesis(directory, owner.key(), members, now);
        EncodedFile.write(directory.resolve(GENESIS), Genesis.FORMAT, genesis);
        return new LocalNetwork<>(directory, design, nodes, owner, genesis);
    }

    private static void configure(LocalNode<?> node, PeerAddress at, LocalDesign<?> design)
            throws IOException {
        String needed =
                """
                process = %s
                listen = 127.0.0.1:%d
                peers.listen = %s
                tls = off
                directory = %s
                chain = %s
                """
                        .formatted(design.process(), node.port(), at, node.name(), design.chain());
        Files.writeString(node.configuration(), needed + String.join("\n", design.lines()) + "\n");
    }

    /// The network that a directory has, to be started again; of the design only how processes are
    /// started counts.
    public static <M> LocalNetwork<M> opened(Path directory, LocalDesign<M> design)
            throws IOException, KeyFileUnusable, StartRefused {
        List<M> members = design.members(directory);
        if (members.size() != design.count()) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    directory
                            + " holds a network of "
                            + members.size()
                            + " nodes, not of "
                            + design.count());
        }
        List<LocalNode<M>> nodes = new ArrayList<>();
        for (M each : members) {
            Path home = LocalNode.directory(directory, nodes.size());
            Serving serving = design.serving(LocalNode.configuration(home));
            nodes.add(new LocalNode<>(home, serving.http().listen().port(), each));
        }
        Genesis genesis = EncodedFile.read(directory.resolve(GENESIS), Genesis.FORMAT);
        return new LocalNetwork<>(directory, design, nodes, OwnerKey.read(directory), genesis);
    }

    public Path directory() {
        return directory;
    }

    public List<LocalNode<M>> nodes() {
        return nodes;
    }

    /// Who admits accounts.
    public Signer owner() {
        return owner;
    }

    public Genesis genesis() {
        return genesis;
    }

    public ChainId chain() {
        return genesis.chain();
    }

    /// Those of the nodes, by their numbers.
    public LocalProcesses processes() {
        return processes;
    }

    /// All nodes serve.
    public void start() throws Exception {
        start(IntStream.range(0, nodes.size()).boxed().toList());
    }

    /// All nodes serve.
    ///
    /// @param order in which they are started, none waits for the one before
    public void start(List<Integer> order) throws Exception {
        begin();
        processes.start(order);
    }

    /// Each node that has no chain yet begins with the genesis.
    public void begin() throws IOException, StartRefused {
        for (LocalNode<M> node : nodes) {
            if (!ChainStore.isThere(node.directory())) {
                design.begin(node.configuration(), genesis);
            }
        }
    }

    /// Says to a person what runs here.
    private void introduce() {
        String process = design.process();
        System.out.println(
                process + ": " + nodes.size() + " nodes of " + chain() + " in " + directory);
        for (int index = 0; index < nodes.size(); index++) {
            LocalNode<M> node = nodes.get(index);
            System.out.println(
                    node.name()
                            + "  "
                            + node.api()
                            + "  process "
                            + processes.running(index).pid());
        }
        String first = nodes.getFirst().api();
        System.out.println("next: entente solo status --node " + first);
        System.out.println(
                "      curl %s/v1/%s/members    (Ctrl-C ends all; the same command with --directory %s goes on)"
                        .formatted(first, process, directory));
    }

    @Override
    public void close() {
        processes.close();
    }
}
