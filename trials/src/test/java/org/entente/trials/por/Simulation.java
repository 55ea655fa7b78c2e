package org.entente.trials.por;

import org.entente.chain.por.Event;
import org.entente.chain.por.Kept;
import org.entente.chain.por.Proposal;
import org.entente.chain.state.State;
import org.entente.trials.simulation.Violation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Runs one seed's world, from block 0 until everything has come to rest behind its faults.
final class Simulation {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration WRITE = Duration.ofMillis(1_500);
    private static final Duration TICK = Duration.ofSeconds(1);

    /// How long everything may take to go on when nothing goes wrong any longer: fewer members than
    /// the parameters are for make blocks slowly.
    private static final Duration RECOVERY_MAX = Duration.ofHours(3);

    private static final int RECOVERY_BLOCKS = 6;

    private final World world;
    private final Plan plan;
    private boolean over;

    private Simulation(Plan plan, Consumer<String> listener) {
        this.plan = plan;
        this.world = new World(plan, listener);
    }

    /// @param open the blocks of the best branch above the newest final one
    /// @param blocks that were made, of which `height` became final
    /// @param removed members that made no blocks
    /// @param executed changes that all agreed on
    record Result(
            long seed,
            int height,
            int open,
            int blocks,
            int removed,
            int executed,
            int expired,
            long written,
            List<Truth.Made> chain,
            String hash) {}

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

    /// How long it takes after the plan's time until a node that ended is no member any longer.
    static Duration removal(Plan plan) {
        Simulation simulation = new Simulation(plan, _ -> {});
        simulation.begin();
        World world = simulation.world;
        simulation.runUntil(world.agenda().now().plus(plan.faults()));
        Node last = world.nodes().getLast();
        last.crash();
        Instant from = world.agenda().now();
        while (world.nodes().getFirst().rules().member(last.account.key()).isPresent()) {
            simulation.runUntil(world.agenda().now().plusMillis(200));
        }
        return Duration.between(from, world.agenda().now());
    }

    private void begin() {
        world.nodes().forEach(Node::start);
        world.nodes().forEach(node -> every(LOOK, node::work));
        every(TICK, () -> world.nodes().forEach(node -> node.on(new Event.Tick())));
        every(WRITE, this::write);
    }

    private Result run() {
        begin();
        world.troubles().begin();
        if (plan.votes()) {
            every(Duration.ofSeconds(2), () -> world.nodes().forEach(world.assembly()::look));
            every(Duration.ofSeconds(9), this::propose);
        }
        if (plan.rogue() >= 0) {
            every(Duration.ofSeconds(3), () -> world.rogue().lie(rogue()));
        }
        runUntil(world.agenda().now().plus(plan.faults()));
        if (plan.isTroubled()) {
            recover();
        }
        return result();
    }

    private Node rogue() {
        return world.nodes().get(plan.rogue());
    }

    private void write() {
        if (!over) {
            world.assembly().write();
        }
    }

    private void propose() {
        if (!over) {
            world.assembly().propose();
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
        over = true;
        world.truth().trace().line("world", "is at peace");
        world.troubles().end();
        Instant end = world.agenda().now().plus(RECOVERY_MAX);
        int from = world.truth().height();
        while (!isRecovered(from)) {
            if (!world.agenda().now().isBefore(end)) {
                throw new Violation(
                        "EverythingGoesOn",
                        "final "
                                + world.truth().height()
                                + " of "
                                + heights()
                                + " after three hours");
            }
            runUntil(world.agenda().now().plus(Duration.ofSeconds(5)));
        }
    }

    private String heights() {
        return world.nodes().stream().map(each -> each.tree().best().height()).toList().toString();
    }

    /// Whether all go on, on one chain, all that was written is final for everybody, and no vote is
    /// open any longer.
    private boolean isRecovered(int from) {
        return world.nodes().stream()
                .filter(node -> node.index != plan.rogue())
                .allMatch(node -> isRecovered(node, from));
    }

    private boolean isRecovered(Node node, int from) {
        State state = node.tree().last().ledger().state();
        return !node.isSplit()
                && node.tree().last().height() >= from + RECOVERY_BLOCKS
                && world.assembly().isWritten(state)
                && Kept.proposal(state).filter(Proposal::isOpen).isEmpty();
    }

    private Result result() {
        Truth truth = world.truth();
        return new Result(
                plan.seed(),
                truth.height(),
                world.nodes().stream()
                        .filter(Node::isUp)
                        .mapToInt(node -> (int) node.tree().best().height() - truth.height())
                        .max()
                        .orElse(0),
                truth.blocks(),
                truth.model().removed(),
                truth.model().executed(),
                truth.model().expired(),
                world.assembly().written(),
                truth.chain(),
                truth.trace().hash());
    }
}
