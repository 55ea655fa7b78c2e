package org.entente.trials.faults;

import org.entente.chain.app.LocalNetwork;
import org.entente.chain.por.app.Design;
import org.entente.light.por.Member;
import org.entente.runtime.FreePorts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The last node of a network once more, as from a backup, while the first goes on: it talks to the
/// nodes 3 and 4 only, the first to the nodes 1 and 2 only.
///
/// @param network of which only the last node is started
record Twin(LocalNetwork<Member> network) {
    private static final int LAST = FaultyNetwork.COUNT - 1;
    private static final String NOWHERE = "127.0.99.99";
    private static final String ITS_OWN = "127.0.5.105";

    static Twin of(FaultyNetwork it, Path folder) throws Exception {
        copy(it.directory, folder);
        Path configuration = folder.resolve("node-5.conf");
        String api = "listen = 127.0.0.1:" + it.network.nodes().get(LAST).port() + "\n";
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replaceFirst(api, "listen = 127.0.0.1:" + FreePorts.one() + "\n"));
        Path hosts = folder.resolve("hosts");
        Files.writeString(
                hosts,
                """
                %s node-1.test
                %s node-2.test
                127.0.3.3 node-3.test
                127.0.4.4 node-4.test
                %s node-5.test
                """
                        .formatted(NOWHERE, NOWHERE, ITS_OWN));
        for (int node : List.of(2, 3)) {
            it.wires.divert(LAST, node, NOWHERE);
            it.wires.divert(node, LAST, ITS_OWN);
        }
        Design standard = Design.standard(FaultyNetwork.COUNT);
        Design design =
                new Design(
                        FaultyNetwork.COUNT,
                        standard.parameters(),
                        standard.slack(),
                        standard.host(),
                        List.of(),
                        SkewedNode.class.getName(),
                        _ -> FaultyNetwork.options(hosts, Duration.ZERO));
        return new Twin(LocalNetwork.opened(folder, design));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }
}
