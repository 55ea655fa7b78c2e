package org.entente.chain.por.app;

import org.entente.chain.app.LocalNetwork;
import org.entente.light.por.Member;
import org.entente.runtime.Shutdown;
import org.entente.runtime.json.Json;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// `--nodes`: a network on this machine with transactions to include, and what it did.
record Trial(PorOptions options) {
    private static final Duration LOAD_EVERY = Duration.ofMillis(250);

    void run(Shutdown shutdown) throws Exception {
        Design design =
                PorOptions.made(
                        "--nodes",
                        options.one("--nodes"),
                        count -> Design.standard(Integer.parseInt(count)));
        Path directory =
                options.has("--directory")
                        ? Path.of(options.one("--directory")).toAbsolutePath()
                        : Files.createTempDirectory("entente-por");
        LocalNetwork<Member> network = LocalNetwork.at(directory, design);
        shutdown.closing("nodes", _ -> network.close());
        network.start();
        boolean json = options.has("--json");
        if (!json) {
            network.introduce();
        }
        Measured measured = new Measured(network);
        shutdown.closing("load", _ -> measured.close());
        measured.load(LOAD_EVERY);
        if (options.has("--blocks")) {
            long blocks = PorOptions.made("--blocks", options.one("--blocks"), Long::parseLong);
            Measured.Report report = measured.until(blocks, json ? _ -> {} : System.out::println);
            System.out.println(json ? Json.write(report).asUtf8() : report.words());
            shutdown.stop();
        }
    }
}
