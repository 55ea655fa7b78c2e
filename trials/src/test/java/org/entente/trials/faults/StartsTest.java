package org.entente.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.LocalNode;
import org.entente.chain.por.app.Design;
import org.entente.chain.por.app.Main;
import org.entente.chain.por.app.Measured;
import org.entente.light.por.Member;
import org.entente.light.por.Parameters;
import org.entente.light.por.Settings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Members that begin together, each as a process, with nothing but the genesis.
@Tag("processes")
class StartsTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @TempDir private Path folder;

    /// With parameters for a block about each half second at a hundred thousand hashes a second.
    @ParameterizedTest
    @CsvSource({"4, 36200, 26100", "20, 38400, 26700"})
    void however_many_start_in_whatever_order_there_is_one_chain(int count, int max, int min)
            throws Exception {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, new Random(SEED));
        System.out.println("trial starts seed " + SEED + ": " + order);
        Design design =
                new Design(
                        count,
                        new Parameters(max, min, Parameters.Nearest.ONE_STEP_BELOW_MAX),
                        Settings.Slack.STAYS,
                        _ -> "127.0.0.1",
                        List.of("miner.hashRateMax = 100000", "miner.patience = 200ms"),
                        Main.class.getName(),
                        _ -> List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"));
        try (LocalNetwork<Member> network =
                        LocalNetwork.founded(folder.resolve("network"), design);
                Measured measured = new Measured(network)) {
            network.start(order);
            measured.load(Duration.ofMillis(500));
            List<String> digests = new ArrayList<>();
            for (LocalNode<Member> node : network.nodes()) {
                FaultyNetwork.await(
                        "block 2 is final at " + node.member().name(),
                        () ->
                                measured.get(node, "/v1/status")
                                                .path("last")
                                                .path("height")
                                                .asLong()
                                        >= 2);
                digests.add(measured.get(node, "/v1/headers/2").path("digest").asString());
            }
            assertThat(digests).containsOnly(digests.getFirst());
        }
    }
}
