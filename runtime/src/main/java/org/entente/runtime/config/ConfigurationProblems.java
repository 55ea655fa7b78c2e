package org.entente.runtime.config;

import java.util.List;
import java.util.stream.Collectors;

/// All that is wrong with one file, in the order of its lines.
public record ConfigurationProblems(String file, List<Problem> problems) {
    public ConfigurationProblems {
        problems = problems.stream().sorted().toList();
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problem");
        }
    }

    /// @param line 0 when it concerns no line, as a missing key does
    public record Problem(int line, String words) implements Comparable<Problem> {
        @Override
        public int compareTo(Problem other) {
            return line == other.line
                    ? words.compareTo(other.words)
                    : Integer.compare(
                            line == 0 ? Integer.MAX_VALUE : line,
                            other.line == 0 ? Integer.MAX_VALUE : other.line);
        }
    }

    /// One line each, as `relay.conf:3: …`.
    public String describe() {
        return problems.stream()
                .map(each -> file + (each.line == 0 ? "" : ":" + each.line) + ": " + each.words)
                .collect(Collectors.joining("\n"));
    }
}
