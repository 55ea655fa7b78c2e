package org.entente.chain.por.app;

import org.entente.chain.app.Options;
import org.entente.runtime.StartRefused;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What stands behind `entente chain por`, and what is to be done by that.
///
/// @param rest the words behind the command that takes them; what a member does, itself first
record PorOptions(Mode mode, Options given, List<String> rest) {
    private static final Set<String> VALUED =
            Set.of(
                    "--config",
                    "--genesis",
                    "--from",
                    "--name",
                    "--at",
                    "--chain",
                    "--owner",
                    "--account",
                    "--max",
                    "--min",
                    "--slack",
                    "--out",
                    "--nodes",
                    "--blocks",
                    "--validity",
                    "--directory");
    private static final Set<String> PLAIN = Set.of("--help", "-h", "--init", "--json");
    private static final Options NONE = new Options(PorConfiguration.PROCESS, Map.of(), List.of());

    /// What is to be done.
    enum Mode {
        HELP,
        KEYS,
        GENESIS,
        INIT,
        GOVERN,
        NETWORK,
        SERVE
    }

    PorOptions {
        rest = List.copyOf(rest);
    }

    static PorOptions parse(List<String> arguments) throws StartRefused {
        Options given = Options.parse(PorConfiguration.PROCESS, VALUED, PLAIN, arguments);
        List<String> words = given.words();
        Mode mode = mode(given);
        List<String> rest =
                switch (mode) {
                    case GOVERN -> words;
                    case GENESIS -> words.subList(1, words.size());
                    case HELP -> List.of();
                    case KEYS -> none(words.subList(1, words.size()));
                    case INIT, NETWORK, SERVE -> none(words);
                };
        return new PorOptions(mode, given, rest);
    }

    private static Mode mode(Options given) throws StartRefused {
        if (given.has("--help") || given.has("-h")) {
            return Mode.HELP;
        }
        if (given.has("--nodes")) {
            return Mode.NETWORK;
        }
        if (given.has("--init")) {
            return Mode.INIT;
        }
        if (given.words().isEmpty()) {
            return Mode.SERVE;
        }
        String word = given.words().getFirst();
        return switch (word) {
            case "keys" -> Mode.KEYS;
            case "genesis" -> Mode.GENESIS;
            case "members", "proposal", "propose", "vote", "rotate" -> Mode.GOVERN;
            default -> throw usage("no command is named " + word);
        };
    }

    private static List<String> none(List<String> words) throws StartRefused {
        if (!words.isEmpty()) {
            throw usage("no command is named " + words.getFirst());
        }
        return words;
    }

    boolean has(String option) {
        return given.has(option);
    }

    List<String> all(String option) {
        return given.all(option);
    }

    String one(String option) throws StartRefused {
        return given.one(option);
    }

    /// A value of an option; what it is not is told with the option's name.
    static <T> T made(String option, String text, Options.Making<T> making) throws StartRefused {
        return NONE.made(option, text, making);
    }

    static StartRefused usage(String why) {
        return NONE.usage(why);
    }
}
