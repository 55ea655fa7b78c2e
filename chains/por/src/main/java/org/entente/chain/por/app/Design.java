package org.entente.chain.por.app;

import org.entente.chain.app.NodePorts;
import org.entente.light.por.Parameters;
import org.entente.light.por.Settings;
import org.entente.protocol.ChainId;
import org.entente.protocol.VerifyingKey;

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
        IntFunction<List<String>> options) {
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
