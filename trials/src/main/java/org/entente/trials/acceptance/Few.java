package org.entente.trials.acceptance;

import java.util.ArrayList;
import java.util.List;

/// As many of a run's violations as somebody reads.
final class Few {
    private static final int COUNT_MAX = 8;

    private Few() {}

    static List<String> of(List<String> all) {
        if (all.size() <= COUNT_MAX) {
            return List.copyOf(all);
        }
        List<String> few = new ArrayList<>(all.subList(0, COUNT_MAX));
        few.add("and " + (all.size() - COUNT_MAX) + " more");
        return List.copyOf(few);
    }
}
