package org.entente.trials.acceptance;

import java.util.Map;

/// What changes from run to run is shown on a page by a word for it, and compared by that word.
final class Plain {
    private static final String[][] WORDS = {
        {"\\b[0-9a-f]{128}\\b", "‹key›"},
        {"\\b[0-9a-f]{64}\\b", "‹digest›"},
        {"\\b[0-9a-f]{16,63}\\b", "‹hex›"},
        {"\\b[0-9a-f]{12}…", "‹hex›…"},
        {"\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z\\b", "‹time›"},
        {"\\b\\d{4}-\\d\\d-\\d\\d\\b", "‹date›"},
        {"\\b[A-Za-z0-9_-]{43}\\b", "‹token›"},
        {"\\bserial \\d+\\b", "serial ‹n›"},
        {"\\battempt \\d+, ", "attempt ‹n›, "},
        {"\\(\\d+ bytes\\)", "(‹n› bytes)"}
    };

    private Plain() {}

    /// @param names texts of this run, such as its folder and ports, by what the page calls them
    static String of(String output, Map<String, String> names) {
        String plain = output;
        for (Map.Entry<String, String> name : names.entrySet()) {
            plain = plain.replace(name.getKey(), name.getValue());
        }
        for (String[] word : WORDS) {
            plain = plain.replaceAll(word[0], word[1]);
        }
        return plain.lines()
                .map(String::stripTrailing)
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }
}
