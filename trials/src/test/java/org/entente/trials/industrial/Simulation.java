package org.entente.trials.industrial;

import org.entente.chain.industrial.Event;
import org.entente.trials.simulation.Violation;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// Runs one seed's world, from block 0 until everything goes on behind its faults.
final class Simulation {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration RECOVERY_MAX = Duration.ofMinutes(3);
    private static final int RECOVERY_BLOCKS = 4;

    private final World world;
    private final Plan plan;

    private Simulation(Plan plan, Consumer<String> listener) {
        this.plan = plan;
        this.world = new World(plan, listener);
    }

    /// @param views of which the primary proposed again behind others that failed
    /// @param banned liars of whom there was a proof
    record Result(long seed, int height, int views, int banned, String hash) {}

    static Result run(Plan plan) {
        return run(plan, _ -> {});
    }

    static Result run(Plan plan, Consumer<String> listener) {
        Simulation simulation = new Simulation(plan, listener);
        try {
            return simulation.run();
        } catch (Violation | IllegalStateException | IllegalArgumentException e) {
            throw new SeedFailed(plan, simulation.world.truth().trace().newest(), e);
        }
    }

    private Result run() {
        world.nodes().forEach(Node::start);
        every(TICK, this::tick);
        every(Duration.ofMillis(400), this::write);
        if (plan.partitions()) {
            every(Duration.ofSeconds(5), this::part);
        }
        runUntil(world.agenda().now().plus(plan.faults()));
        world.truth().trace().line("world", "is at peace");
        world.calm();
        recover();
        world.truth().replayed(world.replaying());
        int banned =
                (int)
                        world.truth().table().members().values().stream()
                                .filter(each -> each.banned())
                                .count();
        return new Result(
                plan.seed(),
                world.truth().height(),
                world.truth().views(),
                banned,
                world.truth().trace().hash());
    }

    private void tick() {
        for (Node node : world.nodes()) {
            node.on(new Event.Waits(world.chance().in(0.5)));
            node.on(new Event.Tick());
        }
    }

    private void write() {
        world.works().write(world.chance().below(2), world.chance().in(0.1));
    }

    private void part() {
        if (world.isOver()) {
            return;
        }
        world.network().heal();
        if (world.chance().in(0.6)) {
            boolean[] side = new boolean[plan.nodes()];
            int count = 1 + world.chance().below(plan.nodes() / 2);
            for (int drawn = 0; drawn < count; drawn++) {
                side[world.chance().below(side.length)] = true;
            }
            world.network().part(side, world.chance().in(0.3));
            world.truth().trace().line("network", "parts");
        }
    }

    private void every(Duration period, Runnable what) {
        world.agenda()
                .plan(
                        period,
                        () -> {
                            what.run();
                            every(period, what);
                        });
    }

    private void runUntil(Instant end) {
        while (world.agenda().now().isBefore(end) && world.agenda().step()) {
            // One thing after the other.
        }
    }

    private void recover() {
        Instant end = world.agenda().now().plus(RECOVERY_MAX);
        int goal = world.truth().height() + RECOVERY_BLOCKS;
        while (!isRecovered(goal)) {
            if (!world.agenda().now().isBefore(end)) {
                throw new Violation(
                        "EverythingGoesOn",
                        "to " + goal + ": " + world.nodes().stream().map(Node::height).toList());
            }
            runUntil(world.agenda().now().plus(Duration.ofMillis(500)));
        }
    }

    private boolean isRecovered(int goal) {
        return world.nodes().stream().filter(Node::isHonest).allMatch(it -> it.height() >= goal);
    }
}
