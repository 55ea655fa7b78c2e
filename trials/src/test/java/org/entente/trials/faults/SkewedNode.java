package org.entente.trials.faults;

import org.entente.chain.por.app.PorConfiguration;
import org.entente.chain.por.app.PorNode;
import org.entente.runtime.Application;
import org.entente.runtime.Clock;
import org.entente.runtime.config.SettingsFile;
import org.entente.runtime.logging.LogFormat;
import org.entente.runtime.logging.Logging;
import org.slf4j.event.Level;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// The production's node with a clock that may be wrong by `-Dskew=PT1H`, or -PT1H.
final class SkewedNode {
    private SkewedNode() {}

    public static void main(String[] arguments) {
        Logging.configure(LogFormat.TEXT, Level.INFO);
        Application.run(
                "por",
                shutdown -> {
                    PorConfiguration configuration =
                            PorConfiguration.configured(SettingsFile.read(Path.of(arguments[1])))
                                    .orRefuse();
                    Duration skew = Duration.parse(System.getProperty("skew", "PT0S"));
                    InstantSource machine = () -> InstantSource.system().instant().plus(skew);
                    String address =
                            new PorNode(configuration, Clock.over(machine)).serve(shutdown);
                    System.out.println("por: serving " + address);
                });
    }
}
