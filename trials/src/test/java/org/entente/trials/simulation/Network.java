package org.entente.trials.simulation;

import org.entente.protocol.NodeId;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What lies between the processes: who is cut off, and questions that are asked once and answered
/// or not.
final class Network {
    private final World world;
    private final Chance chance;
    private final TreeSet<NodeId> partitioned = new TreeSet<>();
    private double loss = 0.02;

    Network(World world) {
        this.world = world;
        this.chance = world.chance().branch();
    }

    boolean isPartitioned(NodeId agent) {
        return partitioned.contains(agent);
    }

    void partition(NodeId agent) {
        partitioned.add(agent);
    }

    void join(NodeId agent) {
        partitioned.remove(agent);
    }

    /// Nothing is lost from now on.
    void heal() {
        partitioned.clear();
        loss = 0;
    }

    /// Asks the relay something; empty: nobody knows whether it arrived.
    <T> void ask(Supplier<Optional<T>> served, Consumer<Optional<T>> then) {
        Duration there = delay();
        Duration back = delay();
        boolean lost = chance.in(loss);
        boolean unanswered = chance.in(loss);
        world.agenda()
                .plan(
                        there,
                        () -> {
                            Optional<T> answer = lost ? Optional.empty() : served.get();
                            Duration wait =
                                    answer.isPresent() && !unanswered
                                            ? back
                                            : chance.millis(50, 3_000);
                            world.agenda()
                                    .plan(
                                            wait,
                                            () ->
                                                    then.accept(
                                                            unanswered
                                                                    ? Optional.empty()
                                                                    : answer));
                        });
    }

    Duration delay() {
        return chance.millis(1, chance.in(0.05) ? 500 : 15);
    }

    boolean isLost() {
        return chance.in(loss);
    }
}
