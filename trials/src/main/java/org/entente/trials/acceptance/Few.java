package org.entente.trials.acceptance;

import java.util.ArrayList;
import java.util.List;

/// As many of a run's violations, and as much of each, as somebody reads.
final class Few {
    private static final int COUNT_MAX = 8;
    private static final int LENGTH_MAX = 2_000;

    private Few() {}

    static List<String> of(List<String> all) {
        List<String> few = new ArrayList<>();
        for (String each : all.subList(0, Math.min(all.size(), COUNT_MAX))) {
            few.add(each.length() > LENGTH_MAX ? each.substring(0, LENGTH_MAX) + " …" : each);
        }
        if (all.size() > COUNT_MAX) {
            few.add("and " + (all.size() - COUNT_MAX) + " more");
        }
        return List.copyOf(few);
    }
}
