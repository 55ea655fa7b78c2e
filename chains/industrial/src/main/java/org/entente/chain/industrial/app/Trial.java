package org.entente.chain.industrial.app;

import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.Options;
import org.entente.runtime.Shutdown;
import org.entente.runtime.json.Json;

import java.time.Duration;

/// `--nodes`: a network on this machine under load, and what it did.
record Trial(Options options) {
    private static final int ACCOUNTS = 256;
    private static final int TOGETHER = 16;
    private static final int WARMING_SHARE = 3;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    void run(Shutdown shutdown) throws Exception {
        Sealing sealing = Main.sealing(options);
        Design design =
                options.one("--nodes", count -> Design.standard(Integer.parseInt(count), sealing));
        int accounts = options.oneOr("--accounts", ACCOUNTS, Integer::parseInt);
        int together = options.oneOr("--together", TOGETHER, Integer::parseInt);
        LocalNetwork<?> network = LocalNetwork.asked(options, design, shutdown);
        Measured measured = new Measured(network);
        shutdown.closing("looks", _ -> measured.close());
        boolean ends = options.has("--seconds") || options.has("--blocks");
        Load load = Load.begun(network, accounts, together, ends ? Duration.ZERO : LOOK_EVERY);
        shutdown.closing("load", _ -> load.close());
        load.start();
        if (ends) {
            Measured.Report report = report(measured, load);
            System.out.println(
                    options.has("--json") ? Json.write(report).asUtf8() : report.words());
            shutdown.stop();
        }
    }

    private Measured.Report report(Measured measured, Load load) throws Exception {
        if (options.has("--seconds")) {
            Duration time =
                    options.one("--seconds", text -> Duration.ofSeconds(Long.parseLong(text)));
            return measured.watch(load, time.dividedBy(WARMING_SHARE), () -> Thread.sleep(time));
        }
        long blocks = options.one("--blocks", Long::parseLong);
        long end = measured.height(0) + blocks;
        return measured.watch(
                load,
                Duration.ZERO,
                () -> {
                    while (measured.height(0) < end) {
                        Thread.sleep(LOOK_EVERY);
                    }
                });
    }
}
