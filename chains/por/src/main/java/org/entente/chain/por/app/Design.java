package org.entente.chain.por.app;

import org.entente.certs.Cryptography;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.chain.Genesis;
import org.entente.chain.app.LocalDesign;
import org.entente.chain.app.LocalNode;
import org.entente.chain.app.NodePorts;
import org.entente.chain.app.Serving;
import org.entente.chain.por.Change;
import org.entente.chain.transport.PeerAddress;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.light.por.Settings;
import org.entente.protocol.ChainId;
import org.entente.protocol.Name;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.Clock;
import org.entente.runtime.StartRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// What a network on one machine is made with. Nodes are numbered from 0.
///
/// @param accounts that may send transactions beside the members and the owner
/// @param ports where each node's API and its peers listen; fewer of them: any that are free
/// @param slack what becomes of a member that makes no blocks
/// @param host at which a node listens and the others reach it: each process may have a file of
///   hosts of its own
/// @param settings lines of each node's configuration beside those that it has to have
/// @param main whose `main` a process runs
/// @param options of a process's JVM, asked for whenever it is started
public record Design(
        ChainId chain,
        int count,
        List<VerifyingKey> accounts,
        List<NodePorts> ports,
        Parameters parameters,
        Settings.Slack slack,
        IntFunction<String> host,
        List<String> settings,
        String main,
        IntFunction<List<String>> options)
        implements LocalDesign<Member> {
    static final int COUNT_MAX = 50;
    private static final ChainId CHAIN = new ChainId("por:local");
    private static final String LOOPBACK = "127.0.0.1";
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx384m");

    /// Next to no work, and no waiting for more transactions: a block takes as long as it needs to
    /// reach everybody.
    private static final Parameters QUICK =
            new Parameters(21_000, 10_900, Parameters.Nearest.ONE_STEP_BELOW_MAX);

    private static final List<String> QUICK_SETTINGS =
            List.of("miner.patience = 100ms", "miner.stall = 2s");

    public Design {
        if (count < 2 || count > COUNT_MAX) {
            throw new IllegalArgumentException("a network of " + count + " nodes");
        }
        accounts = List.copyOf(accounts);
        ports = List.copyOf(ports);
        settings = List.copyOf(settings);
    }

    /// Of the usual name, without further accounts, at ports that are free.
    public Design(
            int count,
            Parameters parameters,
            Settings.Slack slack,
            IntFunction<String> host,
            List<String> settings,
            String main,
            IntFunction<List<String>> options) {
        this(CHAIN, count, List.of(), List.of(), parameters, slack, host, settings, main, options);
    }

    /// A block about each second.
    public static Design standard(int count) {
        return new Design(
                count,
                Profile.of(count),
                Settings.Slack.IS_REMOVED,
                _ -> LOOPBACK,
                List.of(),
                Main.class.getName(),
                _ -> JVM);
    }

    /// Blocks as quick as they come, for those who wait for what is final. Members stay, since 2n
    /// blocks take no longer than a node's start.
    public static Design quick(
            ChainId chain, int count, List<VerifyingKey> accounts, List<NodePorts> ports) {
        return new Design(
                chain,
                count,
                accounts,
                ports,
                QUICK,
                Settings.Slack.STAYS,
                _ -> LOOPBACK,
                QUICK_SETTINGS,
                Main.class.getName(),
                _ -> JVM);
    }

    @Override
    public String process() {
        return PorConfiguration.PROCESS;
    }

    @Override
    public List<String> lines() {
        return settings;
    }

    @Override
    public Member member(Path home, PeerAddress at, Cryptography cryptography, Instant now)
            throws IOException, KeyFileUnusable {
        NodeKeys keys = NodeKeys.make(home, List.of(LOOPBACK), cryptography, now);
        Change.Add added =
                Founding.member(
                        chain,
                        keys.transactions(cryptography).key(),
                        keys.blocks(cryptography),
                        new Name(home.getFileName().toString()),
                        at.host(),
                        at.port());
        Founding.write(home, added);
        return added.member();
    }

    @Override
    public Genesis genesis(Path network, VerifyingKey owner, List<Member> members, Instant now)
            throws StartRefused {
        return new Founding(
                        chain,
                        owner,
                        accounts.stream().sorted().toList(),
                        parameters,
                        slack,
                        members)
                .genesis(now);
    }

    @Override
    public List<Member> members(Path network) throws IOException, StartRefused {
        List<Path> files = new ArrayList<>();
        while (Files.isDirectory(LocalNode.directory(network, files.size()))) {
            files.add(Founding.file(LocalNode.directory(network, files.size())));
        }
        return Founding.members(files);
    }

    @Override
    public Serving serving(Path configuration) throws StartRefused {
        return PorConfiguration.read(configuration).serving();
    }

    @Override
    public void begin(Path configuration, Genesis genesis) throws IOException, StartRefused {
        new PorNode(PorConfiguration.read(configuration), Clock.system()).begin(genesis);
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
