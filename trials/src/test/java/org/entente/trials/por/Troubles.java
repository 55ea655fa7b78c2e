package org.entente.trials.por;

import org.entente.trials.simulation.Chance;

import java.time.Duration;

/// What goes wrong, until it does not any longer.
final class Troubles {
    private final World world;
    private final Chance chance;
    private final Network network;
    private boolean over;

    Troubles(World world, Chance chance, Network network) {
        this.world = world;
        this.chance = chance;
        this.network = network;
    }

    void begin() {
        if (world.plan().crashes()) {
            after(5, 40, this::crash);
        }
        if (world.plan().partitions()) {
            after(10, 60, this::part);
        }
        if (world.plan().clocks()) {
            after(1, 10, this::clock);
        }
    }

    private void after(int fromSeconds, int toSeconds, Runnable what) {
        Duration delay = chance.millis(fromSeconds * 1_000L, toSeconds * 1_000L);
        world.agenda()
                .plan(
                        delay,
                        () -> {
                            if (!over) {
                                what.run();
                            }
                        });
    }

    private void crash() {
        Node node = chance.one(world.nodes());
        if (node.isUp()) {
            world.truth().line(node, "ends");
            node.crash();
            // Some are away so long that they are removed.
            after(1, chance.in(0.3) ? 90 : 8, () -> start(node));
        }
        after(5, 40, this::crash);
    }

    /// Whether a node ends between two of its steps.
    boolean isCrashedBetween(Node node) {
        double often = world.defects().crashesOften() ? 0.05 : 0.0005;
        if (over || !world.plan().crashes() || !chance.in(often)) {
            return false;
        }
        world.truth().line(node, "ends between two steps");
        node.crash();
        after(0, 3, () -> start(node));
        return true;
    }

    private static void start(Node node) {
        if (!node.isUp()) {
            node.start();
        }
    }

    private void part() {
        boolean[] side = new boolean[world.plan().nodes()];
        int count = 1 + chance.below(world.plan().nodes() / 2);
        for (int drawn = 0; drawn < count; drawn++) {
            side[chance.below(side.length)] = true;
        }
        network.part(side, chance.in(0.3));
        world.truth().trace().line("network", "parts");
        after(5, 60, this::heal);
    }

    private void heal() {
        network.heal();
        world.truth().trace().line("network", "heals");
        after(10, 60, this::part);
    }

    private void clock() {
        Node node = chance.one(world.nodes());
        node.clockOff(
                chance.in(0.1)
                        ? Duration.ofHours(chance.in(0.5) ? 1 : -1)
                        : chance.millis(0, 4_000).minusMillis(2_000));
        after(5, 40, this::clock);
    }

    /// From now on nothing goes wrong; what is wrong is put right.
    void end() {
        over = true;
        network.calm();
        for (Node node : world.nodes()) {
            node.clockOff(Duration.ZERO);
            start(node);
        }
    }
}
