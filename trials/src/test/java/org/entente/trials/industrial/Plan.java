package org.entente.trials.industrial;

import org.entente.light.industrial.Lottery;
import org.entente.trials.simulation.Chance;

import java.time.Duration;
import java.util.List;

/// What a seed decides before its world begins.
///
/// @param liars how many nodes lie, never more than may; the first ones
/// @param lie how they do it
/// @param twice how often a message comes twice
record Plan(
        long seed,
        int nodes,
        int seats,
        int liars,
        Lie lie,
        long delayMillisMost,
        double loss,
        double twice,
        boolean crashes,
        boolean partitions,
        Duration faults,
        Defect defect) {

    /// What liars do.
    enum Lie {
        EQUIVOCATE,
        SILENT,
        WITHHOLD,
        FORGE
    }

    static Plan of(long seed) {
        return of(seed, Defect.NONE);
    }

    static Plan of(long seed, Defect defect) {
        Chance chance = new Chance(seed);
        int nodes = chance.one(List.of(4, 4, 4, 5, 7, 7, 10, 16));
        // All seal that can, or as few as usual.
        int seats = chance.in(0.3) ? 3 * ((nodes - 1) / 3) + 1 : Lottery.seats(nodes);
        int liars = chance.in(0.7) ? (seats - 1) / 3 : 0;
        Lie lie = chance.one(List.of(Lie.values()));
        if (defect == Defect.TOO_MANY_LIE) {
            liars = 2 * ((seats - 1) / 3);
            lie = Lie.EQUIVOCATE;
        }
        return new Plan(
                seed,
                nodes,
                seats,
                liars,
                lie,
                chance.in(0.3) ? 250 : 30,
                chance.in(0.5) ? 0.15 : 0,
                chance.in(0.5) ? 0.2 : 0,
                chance.in(0.6),
                chance.in(0.4),
                Duration.ofSeconds(11),
                defect);
    }
}
