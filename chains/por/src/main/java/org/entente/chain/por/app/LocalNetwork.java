package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.Password;
import org.entente.certs.pem.SelfSigned;
import org.entente.chain.Genesis;
import org.entente.chain.por.Change;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.runtime.Clock;
import org.entente.runtime.ExitCode;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.SettingsFile;
import org.entente.runtime.json.Json;

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
import java.util.concurrent.TimeUnit;

/// A network of nodes on this machine, each a process of its own.
public final class LocalNetwork implements AutoCloseable {
    private static final int NODE_COUNT_MAX = 50;
    private static final Duration START_TIME_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_TIME_MAX = Duration.ofSeconds(10);
    private static final Duration LOAD_EVERY = Duration.ofMillis(250);
    private static final ChainId CHAIN = new ChainId("por:local");

    private final Path directory;
    private final List<Node> nodes;
    private final Signer owner;
    private final List<Process> processes = new ArrayList<>();

    /// @param port of its API
    /// @param peers its port for the other nodes
    public record Node(Path directory, int port, int peers, Member member) {
        public String api() {
            return "http://127.0.0.1:" + port;
        }

        public Path configuration() {
            return directory.resolveSibling(directory.getFileName() + ".conf");
        }
    }

    private LocalNetwork(Path directory, List<Node> nodes, Signer owner) {
        this.directory = directory;
        this.nodes = nodes;
        this.owner = owner;
    }

    static void run(Options options, Shutdown shutdown) throws Exception {
        int count = Options.made("--nodes", options.one("--nodes"), Integer::parseInt);
        if (count < 2 || count > NODE_COUNT_MAX) {
            throw Options.usage("--nodes is 2 to " + NODE_COUNT_MAX);
        }
        Path directory =
                options.has("--directory")
                        ? Path.of(options.one("--directory")).toAbsolutePath()
                        : Files.createTempDirectory("entente-por");
        LocalNetwork network = founded(directory, count);
        shutdown.closing("nodes", _ -> network.close());
        network.start();
        boolean json = options.has("--json");
        if (!json) {
            network.introduce();
        }
        Measured measured = new Measured(network.nodes, network.owner, CHAIN);
        shutdown.closing("load", _ -> measured.close());
        measured.load(LOAD_EVERY);
        if (options.has("--blocks")) {
            long blocks = Options.made("--blocks", options.one("--blocks"), Long::parseLong);
            Measured.Report report = measured.until(blocks, json ? _ -> {} : System.out::println);
            System.out.println(json ? Json.write(report).asUtf8() : report.words());
            shutdown.stop();
        }
    }

    /// Makes keys, a genesis and a directory for each node.
    public static LocalNetwork founded(Path directory, int count) throws Exception {
        Files.createDirectories(directory);
        if (Files.exists(directory.resolve("genesis"))) {
            throw new StartRefused(
                    ExitCode.USAGE, directory + " holds a network already; name another directory");
        }
        Cryptography cryptography = Cryptography.fastest();
        Instant now = Instant.now();
        List<Node> nodes = new ArrayList<>();
        List<Integer> ports = freePorts(2 * count);
        for (int index = 0; index < count; index++) {
            String name = "node-" + (index + 1);
            Path home = directory.resolve(name);
            NodeKeys keys = NodeKeys.make(home, List.of("127.0.0.1"), cryptography, now);
            int peers = ports.get(2 * index + 1);
            Member member =
                    new Member(
                            keys.transactions(cryptography).key(),
                            new Name(name),
                            keys.blocks(cryptography).key(),
                            "127.0.0.1",
                            peers,
                            0);
            Bytes consent =
                    keys.blocks(cryptography)
                            .sign(Member.consent(CHAIN, member.account(), member.key()));
            Founding.write(home.resolve("member"), new Change.Add(member, consent));
            nodes.add(new Node(home, ports.get(2 * index), peers, member));
        }
        Signer owner = owner(directory, cryptography, now);
        Founding founding =
                new Founding(
                        CHAIN,
                        owner.key(),
                        List.of(),
                        Profile.of(count),
                        nodes.stream().map(Node::member).toList());
        Genesis genesis = founding.genesis(now);
        Founding.write(directory.resolve("genesis"), genesis);
        for (Node node : nodes) {
            configure(node);
        }
        return new LocalNetwork(directory, nodes, owner);
    }

    private static Signer owner(Path directory, Cryptography cryptography, Instant now)
            throws Exception {
        SecureRandom random = new SecureRandom();
        KeyPair keys = cryptography.freshKey(random);
        var certificate =
                SelfSigned.certificate(
                        keys, List.of(), Duration.ofDays(3650), cryptography, random, now);
        new KeyFile(keys, List.of(certificate))
                .write(
                        directory.resolve("owner.p12"),
                        Password.create(directory.resolve("owner.p12.password"), random));
        return cryptography.signer(keys);
    }

    private static void configure(Node node) throws Exception {
        Files.writeString(
                node.configuration(),
                """
                process = por
                listen = 127.0.0.1:%d
                peers.listen = 127.0.0.1:%d
                tls = off
                directory = %s
                chain = %s
                """
                        .formatted(node.port, node.peers, node.directory.getFileName(), CHAIN));
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

    public List<Node> nodes() {
        return nodes;
    }

    public ChainId chain() {
        return CHAIN;
    }

    /// Who admits accounts.
    public Signer owner() {
        return owner;
    }

    /// Each node begins with the genesis and serves.
    public void start() throws Exception {
        Genesis genesis = Founding.read(directory.resolve("genesis"));
        for (Node node : nodes) {
            new PorNode(configuration(node), Clock.system()).begin(genesis);
            processes.add(process(node));
        }
        for (int index = 0; index < nodes.size(); index++) {
            awaitServing(index);
        }
    }

    private static PorConfiguration configuration(Node node) throws Exception {
        return PorConfiguration.configured(SettingsFile.read(node.configuration())).orRefuse();
    }

    private void awaitServing(int index) throws Exception {
        Path log = log(nodes.get(index));
        long until = System.nanoTime() + START_TIME_MAX.toNanos();
        while (!Files.readString(log).contains("por: serving")) {
            if (System.nanoTime() > until || !processes.get(index).isAlive()) {
                throw new StartRefused(ExitCode.FAILED, "a node does not start; see " + log);
            }
            Thread.sleep(50);
        }
    }

    /// Ends a node as a power cut would.
    public void kill(int index) throws InterruptedException {
        processes.get(index).destroyForcibly().waitFor();
    }

    public void restart(int index) throws Exception {
        processes.set(index, process(nodes.get(index)));
        awaitServing(index);
    }

    /// What a member does by hand, through its own node: `entente chain por WORDS`.
    public String govern(int index, String... words) throws Exception {
        Options options = Options.parse(List.of(words));
        try (Governing governing = new Governing(configuration(nodes.get(index)))) {
            return governing.run(options);
        }
    }

    private static Path log(Node node) {
        return node.directory.resolveSibling(node.directory.getFileName() + ".log");
    }

    private Process process(Node node) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx384m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of("--config", node.configuration().toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(node).toFile())
                .start();
    }

    private void introduce() {
        System.out.println("por: " + nodes.size() + " nodes of " + CHAIN + " in " + directory);
        for (int index = 0; index < nodes.size(); index++) {
            System.out.println(
                    nodes.get(index).member.name()
                            + "  "
                            + nodes.get(index).api()
                            + "  process "
                            + processes.get(index).pid());
        }
        System.out.println("next: entente solo status --node " + nodes.getFirst().api());
        System.out.println(
                "      curl " + nodes.getFirst().api() + "/v1/por/members    (Ctrl-C ends all)");
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        try {
            for (Process process : processes) {
                if (!process.waitFor(STOP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            processes.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    /// Parameters with which so many nodes at the standard hash rate make a block about each second
    /// (docs/chains/por.md §9).
    enum Profile {
        TWO(2, 41_000, 30_000),
        THREE(3, 41_300, 31_200),
        FOUR(4, 39_300, 29_200),
        FIVE(5, 40_700, 30_600),
        SEVEN(7, 41_700, 31_300),
        TEN(10, 42_500, 31_100),
        TWENTY(20, 43_700, 32_000);

        private final int nodes;
        private final int max;
        private final int min;

        Profile(int nodes, int max, int min) {
            this.nodes = nodes;
            this.max = max;
            this.min = min;
        }

        static Parameters of(int nodes) {
            Profile nearest = TWO;
            for (Profile each : values()) {
                if (each.nodes <= nodes) {
                    nearest = each;
                }
            }
            return new Parameters(nearest.max, nearest.min, Parameters.Nearest.ONE_STEP_BELOW_MAX);
        }
    }
}
