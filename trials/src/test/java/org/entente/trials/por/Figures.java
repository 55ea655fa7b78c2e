package org.entente.trials.por;

import org.entente.light.por.Difficulty;
import org.entente.light.por.Parameters;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A figure for each claim of docs/chains/por.md, drawn of simulated chains without troubles: the
/// production's core, the targets themselves, only the search is played.
final class Figures {
    private static final Parameters.Nearest PRINTED = Parameters.Nearest.ONE_STEP_BELOW_MAX;

    private final StringBuilder page = new StringBuilder();
    private final TreeMap<String, Svg> drawings = new TreeMap<>();

    /// One setting of nodes, Max, Min, and half millions of hashes a second; what the study has.
    record Setting(int nodes, int max, int min, double mega, double studied) {
        Parameters parameters() {
            return new Parameters(max, min, PRINTED);
        }

        @Override
        public String toString() {
            return "n = %d, %s/%s, %s MH/s"
                    .formatted(nodes, max / 10_000.0, min / 10_000.0, mega / 2);
        }
    }

    static final List<Setting> SETTINGS =
            List.of(
                    new Setting(4, 39_300, 29_200, 1, 1.06),
                    new Setting(5, 40_700, 30_600, 1, 1.00),
                    new Setting(5, 46_900, 28_900, 1, 0.82),
                    new Setting(10, 43_800, 32_400, 4, 0.77),
                    new Setting(20, 72_700, 14_200, 4, 1.13));

    static Figures drawn() {
        Figures figures = new Figures();
        figures.weights();
        figures.intervals();
        figures.shares();
        figures.stale();
        figures.removals();
        return figures;
    }

    /// Writes the drawings into a folder, and the page beside it.
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Svg> each : drawings.entrySet()) {
            Files.writeString(folder.resolve(each.getKey() + ".svg"), each.getValue().toString());
        }
        Files.writeString(
                folder.resolveSibling("por-figures.md"),
                """
                # PoR: figures

                Of chains in one thread under virtual time with the production's core and the targets themselves; only the search
                takes as long as chance says, and signatures are played. Written by

                ```sh
                mvn verify -pl trials -am -Dtest=FiguresTest -Dfigures=write -Dsurefire.failIfNoSpecifiedTests=false
                ```

                """
                        + page);
    }

    /// Figs 1 to 3 of the paper: what a block at a distance weighs.
    private void weights() {
        Svg svg =
                new Svg(
                        "What a node's block weighs in its next one's work",
                        new Svg.Axes(
                                "distance of the block",
                                "bits of work, 2^T_d",
                                200,
                                1,
                                1_000,
                                Svg.Upright.LOGARITHMIC));
        for (int nodes : new int[] {5, 20, 100}) {
            List<Svg.Point> points = new ArrayList<>();
            for (int distance = 1; distance <= 2 * nodes; distance++) {
                points.add(new Svg.Point(distance, weight(nodes, distance)));
            }
            svg.curve("n = " + nodes, points);
        }
        drawings.put("weights", svg);
        page.append(
                """
                ## What a block weighs (the paper's Figs 1-3)

                Max 8, Min 2: the bits that one own block adds, at distance 1, n and 2n, from the targets themselves.

                | n | at 1 | at n | at 2n |
                |---|---|---|---|
                """);
        for (int nodes : new int[] {5, 20, 100}) {
            page.append(
                    "| %d | %.1f | %.2f | %.2f |%n"
                            .formatted(
                                    nodes,
                                    weight(nodes, 1),
                                    weight(nodes, nodes),
                                    weight(nodes, 2 * nodes)));
        }
        page.append("\n![weights](por-figures/weights.svg)\n\n");
    }

    private static double weight(int nodes, int distance) {
        BigInteger target =
                new Difficulty(nodes, new Parameters(80_000, 20_000, PRINTED))
                        .target(List.of(distance));
        return 256 - Math.log(target.doubleValue()) / Math.log(2);
    }

    private void intervals() {
        Svg svg =
                new Svg(
                        "How long a block takes",
                        new Svg.Axes(
                                "seconds since the block before",
                                "share of the blocks that took longer",
                                8,
                                0.001,
                                1,
                                Svg.Upright.LOGARITHMIC));
        page.append(
                """
                ## Block interval and fairness

                All nodes search all the time, no threshold, delays of 2 to 10 ms, seeds 1-3, 500 s each; `studied` is the mean of
                the specification study's own simulator. Jain's index over final blocks; `row` is the longest row of one node.

                | setting | mean s | studied s | median s | p95 s | blocks | Jain | row | stale |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (Setting setting : SETTINGS) {
            List<Double> seconds = new ArrayList<>();
            Sum sum = new Sum(setting.nodes);
            for (long seed = 1; seed <= 3; seed++) {
                Plan plan =
                        Plan.calm(
                                seed,
                                setting.nodes,
                                setting.parameters(),
                                setting.mega,
                                Duration.ofSeconds(500));
                sum.add(Simulation.run(plan), seconds);
            }
            double[] sorted = seconds.stream().mapToDouble(each -> each).sorted().toArray();
            double mean = Arrays.stream(sorted).average().orElseThrow();
            page.append(
                    "| %s | %.2f | %.2f | %.2f | %.2f | %d | %.3f | %d | %.1f %% |%n"
                            .formatted(
                                    setting,
                                    mean,
                                    setting.studied,
                                    sorted[sorted.length / 2],
                                    sorted[sorted.length * 95 / 100],
                                    sorted.length,
                                    sum.jain(),
                                    sum.longest,
                                    sum.stale() * 100));
            List<Svg.Point> points = new ArrayList<>();
            for (int step = 0; step <= 80; step++) {
                double at = step / 10.0;
                long longer = Arrays.stream(sorted).filter(each -> each > at).count();
                points.add(new Svg.Point(at, (double) longer / sorted.length));
            }
            svg.curve("n=%d %s".formatted(setting.nodes, setting.max / 10_000.0), points);
        }
        drawings.put("intervals", svg);
        page.append("\n![intervals](por-figures/intervals.svg)\n\n");
    }

    /// What several chains come to.
    static final class Sum {
        private final long[] byNode;
        private int longest;
        private long made;
        private long settled;
        private int removed;

        private Sum(int nodes) {
            byNode = new long[nodes];
        }

        private void add(Simulation.Result result, List<Double> seconds) {
            int row = 0;
            int last = -1;
            Duration before = Duration.ZERO;
            for (Truth.Made each : result.chain()) {
                seconds.add(each.at().minus(before).toMillis() / 1000.0);
                before = each.at();
                byNode[each.node()]++;
                row = each.node() == last ? row + 1 : 1;
                last = each.node();
                longest = Math.max(longest, row);
            }
            removed += result.removed();
            made += result.blocks();
            settled += result.height() + result.open();
        }

        private double stale() {
            return 1 - (double) settled / made;
        }

        private double jain() {
            double sum = Arrays.stream(byNode).sum();
            double squares = Arrays.stream(byNode).mapToDouble(each -> (double) each * each).sum();
            return sum * sum / (byNode.length * squares);
        }

        /// The most blocks in a row by one node.
        int longest() {
            return longest;
        }

        double share(int node) {
            return byNode[node] / (double) Arrays.stream(byNode).sum();
        }
    }

    private void shares() {
        Svg svg =
                new Svg(
                        "Share of the blocks, node 0 with 2^20 times the hash rate",
                        new Svg.Axes("node", "share", 5, 0, 0.6, Svg.Upright.LINEAR));
        page.append(
                """
                ## A node of 2^20 times the hash rate

                Node 0 against the others, seeds 1-3, 60 s each where everybody searches all the time. Where nobody leaves it is
                as in the study. Where who makes no blocks leaves, the strong node keeps others from theirs for 2n blocks, so
                some leave (`left`, of three runs), and its share grows to half: proof of rest bounds a strong node among
                members that stay, and a kind-3 change (a greater Max - Min) has to come before they leave.

                | setting | nobody leaves: share | studied | longest row | members leave: share | left | longest row |
                |---|---|---|---|---|---|---|
                """);
        double shift = 0.1;
        for (int index : new int[] {0, 1, 4}) {
            Setting setting = SETTINGS.get(index);
            Sum free = strong(setting, Plan::keeping, 3);
            Sum waiting = strong(setting, UnaryOperator.identity(), 3);
            page.append(
                    "| %s | %.3f | %.3f | %d | %.3f | %d | %d |%n"
                            .formatted(
                                    setting,
                                    free.share(0),
                                    List.of(0.39, 0.31, 0.0, 0.0, 0.067).get(index),
                                    free.longest,
                                    waiting.share(0),
                                    waiting.removed,
                                    waiting.longest));
            List<Svg.Point> points = new ArrayList<>();
            for (int node = 0; node < Math.min(5, setting.nodes); node++) {
                points.add(new Svg.Point(node, free.share(node)));
            }
            svg.bars("n = " + setting.nodes, points, 0.25, shift);
            shift += 0.27;
        }
        drawings.put("shares", svg);
        page.append("\n![shares](por-figures/shares.svg)\n\n");
    }

    /// Node 0 has 2^20 times the hash rate of the others.
    static Sum strong(Setting setting, UnaryOperator<Plan> how, long seeds) {
        Sum sum = new Sum(setting.nodes);
        for (long seed = 1; seed <= seeds; seed++) {
            Plan plan =
                    Plan.calm(
                                    seed,
                                    setting.nodes,
                                    setting.parameters(),
                                    setting.mega,
                                    Duration.ofMinutes(1))
                            .strong(0);
            sum.add(Simulation.run(how.apply(plan)), new ArrayList<>());
        }
        return sum;
    }

    private void stale() {
        Svg svg =
                new Svg(
                        "Blocks that hold and are not of the chain",
                        new Svg.Axes(
                                "longest delay of a message, ms",
                                "share of all blocks",
                                1_500,
                                0,
                                0.3,
                                Svg.Upright.LINEAR));
        page.append(
                """
                ## Stale blocks and delay

                n = 5, 4.07/3.06, 0.5 MH/s, seeds 1-4, 300 s each.

                | delays ms | stale | studied |
                |---|---|---|
                """);
        long[][] delays = {{2, 10}, {20, 80}, {100, 300}, {500, 1_500}};
        List<String> studied = List.of("0-0.4 %", "0.6-2.2 %", "2-7 %", "11-21 %");
        List<Svg.Point> points = new ArrayList<>();
        Setting setting = SETTINGS.get(1);
        for (int row = 0; row < delays.length; row++) {
            Sum sum = new Sum(setting.nodes);
            for (long seed = 1; seed <= 4; seed++) {
                Plan plan =
                        Plan.calm(
                                        seed,
                                        setting.nodes,
                                        setting.parameters(),
                                        setting.mega,
                                        Duration.ofMinutes(5))
                                .delayed(delays[row][0], delays[row][1]);
                sum.add(Simulation.run(plan), new ArrayList<>());
            }
            page.append(
                    "| %d-%d | %.1f %% | %s |%n"
                            .formatted(
                                    delays[row][0],
                                    delays[row][1],
                                    sum.stale() * 100,
                                    studied.get(row)));
            points.add(new Svg.Point(delays[row][1], sum.stale()));
        }
        svg.curve("n = 5", points);
        drawings.put("stale", svg);
        page.append("\n![stale](por-figures/stale.svg)\n\n");
    }

    private void removals() {
        Svg svg =
                new Svg(
                        "How long a node that ended stays a member",
                        new Svg.Axes(
                                "seconds since its end",
                                "share of the runs in which it was still one",
                                300,
                                0,
                                1,
                                Svg.Upright.LINEAR));
        page.append(
                """
                ## Removal of a node that ended

                One node ends after 60 s; seeds 1-12. `studied` is one run of the study.

                | setting | median s | longest s | studied s |
                |---|---|---|---|
                """);
        List<String> studied = List.of("38", "27", "65", "51", "173");
        for (int index = 0; index < 4; index++) {
            Setting setting = SETTINGS.get(index);
            List<Double> seconds = new ArrayList<>();
            for (long seed = 1; seed <= 12; seed++) {
                Plan plan =
                        Plan.calm(
                                seed,
                                setting.nodes,
                                setting.parameters(),
                                setting.mega,
                                Duration.ofMinutes(1));
                seconds.add(Simulation.removal(plan).toMillis() / 1000.0);
            }
            double[] sorted = seconds.stream().mapToDouble(each -> each).sorted().toArray();
            page.append(
                    "| %s | %.0f | %.0f | %s |%n"
                            .formatted(
                                    setting,
                                    sorted[sorted.length / 2],
                                    sorted[sorted.length - 1],
                                    studied.get(index)));
            List<Svg.Point> points = new ArrayList<>();
            for (int at = 0; at <= 300; at += 3) {
                int now = at;
                long left = Arrays.stream(sorted).filter(each -> each > now).count();
                points.add(new Svg.Point(at, (double) left / sorted.length));
            }
            svg.curve("n=%d %s".formatted(setting.nodes, setting.max / 10_000.0), points);
        }
        drawings.put("removals", svg);
        page.append("\n![removals](por-figures/removals.svg)\n");
    }
}
