package org.entente.launcher.app;

import org.entente.agent.app.AgentConfiguration;
import org.entente.chain.app.SoloConfiguration;
import org.entente.chain.industrial.app.IndustrialConfiguration;
import org.entente.chain.por.app.PorConfiguration;
import org.entente.relay.app.RelayConfiguration;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.config.Configured;
import org.entente.runtime.config.Settings;
import org.entente.runtime.config.SettingsFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The processes that have a configuration file; `process = …` in it says which.
enum Kind {
    RELAY(RelayConfiguration.PROCESS),
    AGENT(AgentConfiguration.PROCESS),
    SOLO(SoloConfiguration.PROCESS),
    POR(PorConfiguration.PROCESS),
    INDUSTRIAL(IndustrialConfiguration.PROCESS);

    private static final Pattern PROCESS = Pattern.compile("(?m)^\\s*process\\s*=\\s*(\\S+)\\s*$");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Kind of(Path file) throws StartRefused {
        SettingsFile.read(file);
        try {
            Matcher matcher = PROCESS.matcher(Files.readString(file));
            String named = matcher.find() ? matcher.group(1) : "nothing";
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(named))
                    .findFirst()
                    .orElseThrow(() ->
                            new StartRefused(
                                    ExitCode.USAGE,
                                    file
                                            + " is for the process '"
                                            + named
                                            + "'; there are "
                                            + words()));
        } catch (IOException e) {
            throw new StartRefused(ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage());
        }
    }

    static String words() {
        return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
    }

    Configured<Live> read(Path file) throws StartRefused {
        Settings settings = SettingsFile.read(file);
        return switch (this) {
            case RELAY -> map(RelayConfiguration.configured(settings), LiveLooks::relay);
            case AGENT -> map(AgentConfiguration.configured(settings), LiveLooks::agent);
            case SOLO -> map(SoloConfiguration.configured(settings), LiveLooks::solo);
            case POR -> map(PorConfiguration.configured(settings), LiveLooks::por);
            case INDUSTRIAL ->
                    map(IndustrialConfiguration.configured(settings), LiveLooks::industrial);
        };
    }

    private static <T> Configured<Live> map(Configured<T> configured, Function<T, Live> live) {
        return switch (configured) {
            case Configured.Ready<T>(T value) -> new Configured.Ready<>(live.apply(value));
            case Configured.Faulty<T>(var problems) -> new Configured.Faulty<>(problems);
        };
    }
}
