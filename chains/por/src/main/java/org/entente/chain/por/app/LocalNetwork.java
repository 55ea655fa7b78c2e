package org.entente.chain.por.app;

import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Genesis;
import org.entente.chain.app.LocalProcesses;
import org.entente.chain.store.ChainStore;
import org.entente.light.por.Member;
import org.entente.protocol.ChainId;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.json.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// A network of nodes on this machine, each a process of its own.
public final class LocalNetwork implements AutoCloseable {
    private static final Duration LOAD_EVERY = Duration.ofMillis(250);

    private final LocalNodes files;
    private final LocalProcesses processes;

    /// @param port of its API
    /// @param peers its port for the other nodes
    public record Node(Path directory, int port, int peers, Member member) {
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

    private LocalNetwork(LocalNodes files, Design design) {
        this.files = files;
        this.processes =
                new LocalProcesses(
                        PorConfiguration.PROCESS,
                        design.options(),
                        design.main(),
                        index -> {
                            Node node = files.nodes().get(index);
                            return new LocalProcesses.NodeFiles(node.configuration(), node.log());
                        });
    }

    static void run(PorOptions options, Shutdown shutdown) throws Exception {
        Design design =
                PorOptions.made(
                        "--nodes",
                        options.one("--nodes"),
                        count -> Design.standard(Integer.parseInt(count)));
        Path directory =
                options.has("--directory")
                        ? Path.of(options.one("--directory")).toAbsolutePath()
                        : Files.createTempDirectory("entente-por");
        LocalNetwork network =
                LocalNodes.areIn(directory)
                        ? opened(directory, design)
                        : founded(directory, design);
        shutdown.closing("nodes", _ -> network.close());
        network.start();
        boolean json = options.has("--json");
        if (!json) {
            network.introduce();
        }
        Measured measured = new Measured(network.nodes(), network.owner(), network.chain());
        shutdown.closing("load", _ -> measured.close());
        measured.load(LOAD_EVERY);
        if (options.has("--blocks")) {
            long blocks = PorOptions.made("--blocks", options.one("--blocks"), Long::parseLong);
            Measured.Report report = measured.until(blocks, json ? _ -> {} : System.out::println);
            System.out.println(json ? Json.write(report).asUtf8() : report.words());
            shutdown.stop();
        }
    }

    public static LocalNetwork founded(Path directory, int count)
            throws IOException, KeyFileUnusable, StartRefused {
        return founded(directory, Design.standard(count));
    }

    /// Makes keys, a genesis and a directory for each node.
    public static LocalNetwork founded(Path directory, Design design)
            throws IOException, KeyFileUnusable, StartRefused {
        return new LocalNetwork(LocalNodes.founded(directory, design), design);
    }

    /// The network that a directory has, to be started again; of the design only how processes are
    /// started counts.
    public static LocalNetwork opened(Path directory, Design design) throws Exception {
        LocalNodes files = LocalNodes.read(directory);
        if (files.nodes().size() != design.count()) {
            throw new StartRefused(
                    ExitCode.USAGE,
                    directory
                            + " holds a network of "
                            + files.nodes().size()
                            + " nodes, not of "
                            + design.count());
        }
        return new LocalNetwork(files, design);
    }

    public List<Node> nodes() {
        return files.nodes();
    }

    public ChainId chain() {
        return files.chain();
    }

    /// Who admits accounts.
    public Signer owner() {
        return files.owner();
    }

    /// All nodes serve.
    public void start() throws Exception {
        start(IntStream.range(0, nodes().size()).boxed().toList());
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
        Genesis genesis = files.genesis();
        for (Node node : nodes()) {
            if (!ChainStore.isThere(node.directory())) {
                new PorNode(LocalNodes.configuration(node), Clock.system()).begin(genesis);
            }
        }
    }

    /// Starts a process and does not wait until it serves.
    public void launch(int index) throws IOException {
        processes.launch(index);
    }

    /// The process of a node that was started.
    public Process running(int index) {
        return processes.running(index);
    }

    /// Ends a node as a power cut would.
    public void kill(int index) throws InterruptedException {
        processes.kill(index);
    }

    public void restart(int index) throws Exception {
        processes.restart(index);
    }

    /// What a member does by hand, through its own node: `entente chain por WORDS`.
    public String govern(int index, String... words) throws Exception {
        PorOptions options = PorOptions.parse(List.of(words));
        try (Governing governing = new Governing(LocalNodes.configuration(nodes().get(index)))) {
            return governing.run(options);
        }
    }

    private void introduce() {
        System.out.println(
                "por: " + nodes().size() + " nodes of " + chain() + " in " + files.directory());
        for (int index = 0; index < nodes().size(); index++) {
            Node node = nodes().get(index);
            System.out.println(
                    node.member.name() + "  " + node.api() + "  process " + running(index).pid());
        }
        System.out.println("next: entente solo status --node " + nodes().getFirst().api());
        System.out.println(
                "      curl "
                        + nodes().getFirst().api()
                        + "/v1/por/members    (Ctrl-C ends all; the same command with --directory "
                        + files.directory()
                        + " goes on)");
    }

    @Override
    public void close() {
        processes.close();
    }
}
