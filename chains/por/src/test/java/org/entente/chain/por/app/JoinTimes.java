package org.entente.chain.por.app;

import org.entente.chain.app.LocalNode;
import org.entente.light.por.Member;
import org.entente.runtime.Clock;
import org.entente.runtime.Shutdown;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long a node takes to join a chain from zero and from a snapshot; the figures of
/// docs/chains/por.md §9. Run by hand: `JoinTimes BLOCKS TRANSACTIONS-OF-EACH`.
final class JoinTimes {
    private static final int LATE = 3;
    private static final int SNAPSHOT_BLOCKS = 1_000;

    private JoinTimes() {}

    public static void main(String[] arguments) throws Exception {
        int blocks = Integer.parseInt(arguments[0]);
        Path directory = Files.createTempDirectory("join-times");
        Grown grown = new Grown(directory, LATE + 1, SNAPSHOT_BLOCKS);
        grown.grow(blocks, Integer.parseInt(arguments[1]));
        List<Shutdown> running = new ArrayList<>();
        running.add(serve(grown, 0));
        running.add(serve(grown, 1));
        // The first round warms the machine.
        for (int round = 0; round < 3; round++) {
            long begun = System.nanoTime();
            node(grown).begin(grown.genesis);
            took("from zero", begun, begun, grown, blocks);
            begun = System.nanoTime();
            long behind = node(grown).join(grown.genesis, _ -> {}).height();
            took("from the state after block " + behind, begun, System.nanoTime(), grown, blocks);
        }
        running.forEach(Shutdown::stop);
    }

    private static PorNode node(Grown grown) throws Exception {
        LocalNode<Member> late = grown.files.nodes().get(LATE);
        return new PorNode(PorConfiguration.read(late.configuration()), Clock.system());
    }

    private static Shutdown serve(Grown grown, int index) throws Exception {
        Shutdown shutdown = new Shutdown(Duration.ofMinutes(1));
        LocalNode<Member> node = grown.files.nodes().get(index);
        new PorNode(PorConfiguration.read(node.configuration()), Clock.system()).serve(shutdown);
        return shutdown;
    }

    private static void took(String how, long begun, long joined, Grown grown, int blocks)
            throws Exception {
        Shutdown shutdown = serve(grown, LATE);
        try (Measured measured = new Measured(grown.files)) {
            LocalNode<Member> late = grown.files.nodes().get(LATE);
            while (measured.get(late, "/v1/por/network").path("height").asLong() < blocks) {
                Thread.sleep(10);
            }
        }
        long end = System.nanoTime();
        System.out.println(
                "%s: %d ms, of which %d until the node was started"
                        .formatted(how, (end - begun) / 1_000_000, (joined - begun) / 1_000_000));
        shutdown.stop();
        grown.clear(LATE);
    }
}
