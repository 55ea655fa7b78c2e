package org.entente.chain.industrial.app;

import org.entente.protocol.ChainId;

import java.util.List;
import java.util.function.IntFunction;

/// What a network on one machine is made with. Nodes are numbered from 0.
///
/// @param host at which a node listens and the others reach it: each process may have a file of
///   hosts of its own
/// @param settings lines of each node's configuration beside those that it has to have
/// @param main whose `main` a process runs
/// @param options of a process's JVM, asked for whenever it is started
public record Design(
        ChainId chain,
        int count,
        Sealing sealing,
        int epochBlocks,
        IntFunction<String> host,
        List<String> settings,
        String main,
        IntFunction<List<String>> options) {
    static final int COUNT_MAX = 64;
    private static final ChainId CHAIN = new ChainId("icb:local");
    private static final int EPOCH_BLOCKS = 50;
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx512m");

    public Design {
        if (count < 4 || count > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a network has 4 to " + COUNT_MAX + " nodes, not " + count);
        }
        settings = List.copyOf(settings);
    }

    public static Design standard(int count, Sealing sealing) {
        return new Design(
                CHAIN,
                count,
                sealing,
                EPOCH_BLOCKS,
                _ -> "127.0.0.1",
                List.of(),
                Main.class.getName(),
                _ -> JVM);
    }
}
