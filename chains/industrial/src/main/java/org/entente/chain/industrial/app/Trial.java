package org.entente.chain.industrial.app;

import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.Options;
import org.entente.runtime.Clock;
import org.entente.runtime.Shutdown;
import org.entente.runtime.StartRefused;
import org.entente.runtime.json.Json;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// `--nodes`: a network on this machine under load, and what it did; or several, one after the
/// other, for comparison.
record Trial(Options options) {
    private static final int ACCOUNTS = 256;
    private static final int TOGETHER = 16;
    private static final int READINGS_MAX = 1_000;
    private static final int WARMING_SHARE = 3;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    void run(Shutdown shutdown) throws Exception {
        if (options.has("--warming") && !options.has("--seconds")) {
            throw options.usage("--warming is time before the --seconds that count");
        }
        List<Design> designs = designs();
        if (designs.size() == 1) {
            one(designs.getFirst(), shutdown);
            return;
        }
        if (!options.has("--seconds") || options.has("--directory")) {
            throw options.usage(
                    "several networks are compared for --seconds each, in new folders of their"
                            + " own");
        }
        List<Measured.Report> reports = new ArrayList<>();
        for (Design design : designs) {
            reports.add(compared(design));
            if (!options.has("--json")) {
                System.out.println(reports.getLast().words() + "\n");
            }
        }
        if (options.has("--json")) {
            System.out.println(Json.write(reports).asUtf8());
        }
        shutdown.stop();
    }

    /// Each number of nodes with each way to choose who seals; where two of these are the same
    /// thing, once.
    private List<Design> designs() throws StartRefused {
        List<Design> designs = new ArrayList<>();
        for (String count : options.all("--nodes")) {
            for (Sealing sealing : Main.sealings(options)) {
                Design design =
                        options.made(
                                "--nodes",
                                count,
                                text ->
                                        Design.standard(Integer.parseInt(text), sealing)
                                                .with(options.all("--set")));
                boolean isKnown =
                        designs.stream()
                                .anyMatch(each ->
                                        each.count() == design.count()
                                                && each.seats() == design.seats());
                if (!isKnown) {
                    designs.add(design);
                }
            }
        }
        return designs;
    }

    private void one(Design design, Shutdown shutdown) throws Exception {
        LocalNetwork<?> network = LocalNetwork.asked(options, design, shutdown);
        Measured measured = new Measured(network);
        shutdown.closing("looks", _ -> measured.close());
        Load load = Load.begun(network, offer());
        shutdown.closing("load", _ -> load.close());
        load.start();
        if (ends()) {
            Measured.Report report = report(measured, load);
            System.out.println(
                    options.has("--json") ? Json.write(report).asUtf8() : report.words());
            shutdown.stop();
        }
    }

    private Measured.Report compared(Design design) throws Exception {
        Path directory = Files.createTempDirectory("entente-industrial");
        try (LocalNetwork<?> network = LocalNetwork.founded(directory, design);
                Measured measured = new Measured(network)) {
            network.start();
            try (Load load = Load.begun(network, offer())) {
                load.start();
                return report(measured, load);
            }
        }
    }

    private boolean ends() {
        return options.has("--seconds") || options.has("--blocks");
    }

    private Load.Offer offer() throws StartRefused {
        int accounts = options.oneOr("--accounts", ACCOUNTS, Integer::parseInt);
        int together = options.oneOr("--together", TOGETHER, Integer::parseInt);
        Pace pace =
                options.has("--rate")
                        ? Pace.offered((double) options.one("--rate", Trial::positive) / together)
                        : Pace.answered(ends() ? Duration.ZERO : LOOK_EVERY);
        Work work =
                options.has("--readings")
                        ? new Series(
                                Clock.system().instant().truncatedTo(ChronoUnit.SECONDS),
                                options.one("--readings", Trial::readings))
                        : Puts.random();
        return new Load.Offer(work, accounts, together, pace);
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static int positive(String text) {
        int value = Integer.parseInt(text);
        if (value < 1) {
            throw new IllegalArgumentException("one a second at least, not " + value);
        }
        return value;
    }

    private static int readings(String text) {
        int value = Integer.parseInt(text);
        if (value < 1 || value > READINGS_MAX) {
            throw new IllegalArgumentException("1 to " + READINGS_MAX + ", not " + value);
        }
        return value;
    }

    private Measured.Report report(Measured measured, Load load) throws Exception {
        if (options.has("--seconds")) {
            Duration time = options.one("--seconds", Trial::seconds);
            Duration warming =
                    options.oneOr("--warming", time.dividedBy(WARMING_SHARE), Trial::seconds);
            return measured.watch(load, warming, () -> Thread.sleep(time));
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
