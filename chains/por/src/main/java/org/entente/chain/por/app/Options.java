package org.entente.chain.por.app;

import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What stands behind `entente chain por`.
///
/// @param values of options, in their order
/// @param rest what is no option
record Options(Mode mode, Map<String, List<String>> values, List<String> rest) {
    private static final List<String> VALUED =
            List.of(
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

    private static final Set<Mode> TAKING = EnumSet.of(Mode.GENESIS, Mode.GOVERN);

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

    Options {
        values = Map.copyOf(values);
        rest = List.copyOf(rest);
    }

    static Options parse(List<String> arguments) throws StartRefused {
        Mode mode = Mode.SERVE;
        Map<String, List<String>> values = new TreeMap<>();
        List<String> rest = new ArrayList<>();
        for (int index = 0; index < arguments.size(); index++) {
            String each = arguments.get(index);
            if (VALUED.contains(each)) {
                index++;
                if (index == arguments.size()) {
                    throw usage(each + " needs a value");
                }
                values.computeIfAbsent(each, _ -> new ArrayList<>()).add(arguments.get(index));
                mode = each.equals("--nodes") ? Mode.NETWORK : mode;
            } else {
                switch (each) {
                    case "por" -> {}
                    case "--help", "-h" -> mode = Mode.HELP;
                    case "--init" -> mode = Mode.INIT;
                    case "--json" -> values.put(each, List.of());
                    case "keys" -> mode = Mode.KEYS;
                    case "genesis" -> mode = Mode.GENESIS;
                    case "members", "proposal", "propose", "vote", "rotate" -> {
                        mode = Mode.GOVERN;
                        rest.add(each);
                    }
                    default -> {
                        if (!TAKING.contains(mode) || each.startsWith("-")) {
                            throw usage("no command and no option is named " + each);
                        }
                        rest.add(each);
                    }
                }
            }
        }
        return new Options(mode, values, rest);
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    List<String> all(String option) {
        return values.getOrDefault(option, List.of());
    }

    String one(String option) throws StartRefused {
        List<String> all = all(option);
        if (all.size() != 1) {
            throw usage(option + " is needed, once");
        }
        return all.getFirst();
    }

    /// A value of an option; what it is not is told with the option's name.
    static <T> T made(String option, String text, Making<T> making) throws StartRefused {
        try {
            return making.apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw usage(option + ": " + e.getMessage());
        }
    }

    /// May look at other options.
    @FunctionalInterface
    interface Making<T> {
        T apply(String text) throws StartRefused;
    }

    static StartRefused usage(String why) {
        return new StartRefused(ExitCode.USAGE, why + "\nnext: entente chain por --help");
    }
}
