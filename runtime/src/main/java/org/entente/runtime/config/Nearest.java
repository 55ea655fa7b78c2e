package org.entente.runtime.config;

import java.util.Collection;
import java.util.Comparator;

/// The known word that was probably meant.
final class Nearest {
    private Nearest() {}

    static String suggestion(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(each -> distance(word, each)))
                .filter(nearest -> distance(word, nearest) <= 1 + word.length() / 3)
                .map(nearest -> ", did you mean " + nearest + "?")
                .orElse("");
    }

    /// Letters to insert, drop or replace (Levenshtein), regardless of case.
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int index = 1; index <= from.length(); index++) {
            int diagonal = row[0];
            row[0] = index;
            for (int column = 1; column <= to.length(); column++) {
                boolean same =
                        Character.toLowerCase(from.charAt(index - 1))
                                == Character.toLowerCase(to.charAt(column - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
