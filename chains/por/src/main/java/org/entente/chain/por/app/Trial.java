package org.entente.chain.por.app;

import org.entente.chain.app.LocalNetwork;
import org.entente.runtime.Shutdown;
import org.entente.runtime.json.Json;

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
        Measured measured = new Measured(LocalNetwork.asked(options.given(), design, shutdown));
        shutdown.closing("load", _ -> measured.close());
        measured.load(LOAD_EVERY);
        boolean json = options.has("--json");
        if (options.has("--blocks")) {
            long blocks = PorOptions.made("--blocks", options.one("--blocks"), Long::parseLong);
            Measured.Report report = measured.until(blocks, json ? _ -> {} : System.out::println);
            System.out.println(json ? Json.write(report).asUtf8() : report.words());
            shutdown.stop();
        }
    }
}
