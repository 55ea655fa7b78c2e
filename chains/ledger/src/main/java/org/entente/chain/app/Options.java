package org.entente.chain.app;

import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What stands behind `entente chain NAME`.
///
/// @param chain its name
/// @param values of options, in their order; of those without a value none
/// @param words what is no option
public record Options(String chain, Map<String, List<String>> values, List<String> words) {
    public Options {
        values = Map.copyOf(values);
        words = List.copyOf(words);
    }

    /// @param valued options that have a value, and may come more than once
    /// @param plain those that have none
    public static Options parse(
            String chain, Set<String> valued, Set<String> plain, List<String> arguments)
            throws StartRefused {
        Map<String, List<String>> values = new TreeMap<>();
        List<String> words = new ArrayList<>();
        Options none = new Options(chain, values, words);
        for (int index = 0; index < arguments.size(); index++) {
            String each = arguments.get(index);
            if (valued.contains(each)) {
                index++;
                if (index == arguments.size()) {
                    throw none.usage(each + " needs a value");
                }
                values.computeIfAbsent(each, _ -> new ArrayList<>()).add(arguments.get(index));
            } else if (plain.contains(each)) {
                values.put(each, List.of());
            } else if (each.startsWith("-")) {
                throw none.usage("no option is named " + each);
            } else if (index > 0 || !each.equals(chain)) {
                words.add(each);
            }
        }
        return new Options(chain, values, words);
    }

    public boolean has(String option) {
        return values.containsKey(option);
    }

    public List<String> all(String option) {
        return values.getOrDefault(option, List.of());
    }

    public String one(String option) throws StartRefused {
        List<String> all = all(option);
        if (all.size() != 1) {
            throw usage(option + " is needed, once");
        }
        return all.getFirst();
    }

    /// The value of an option; what it is not is told with the option's name.
    public <T> T one(String option, Making<T> making) throws StartRefused {
        return made(option, one(option), making);
    }

    /// The same, where it is given.
    public <T> T oneOr(String option, T otherwise, Making<T> making) throws StartRefused {
        return has(option) ? one(option, making) : otherwise;
    }

    public <T> T made(String option, String text, Making<T> making) throws StartRefused {
        try {
            return making.apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw usage(option + ": " + e.getMessage());
        }
    }

    /// May look at other options.
    @FunctionalInterface
    public interface Making<T> {
        T apply(String text) throws StartRefused;
    }

    public StartRefused usage(String why) {
        return new StartRefused(ExitCode.USAGE, why + "\nnext: entente chain " + chain + " --help");
    }
}
