package org.entente.trials.por;

import org.entente.light.por.Parameters;
import org.entente.trials.simulation.Chance;

import java.time.Duration;
import java.util.List;

/// What a seed decides before its world begins.
///
/// @param mega of 0.5 million hashes a second, how many a node does
/// @param strong which node does 2^20 times as many; -1: none
/// @param rogue which node lies, scatters blocks and has eight times as many; -1: none
/// @param faults how long they go on
/// @param patience how long a block is waited for after the last
/// @param membersMin so many are left at least where members make no blocks
/// @param rest how many of the last blocks, if one was its own, let a node wait for others
record Plan(
        long seed,
        int nodes,
        Parameters parameters,
        double mega,
        int strong,
        int rogue,
        Duration delayLeast,
        Duration delayMost,
        double loss,
        double twice,
        boolean crashes,
        boolean partitions,
        boolean clocks,
        boolean votes,
        Duration faults,
        Duration patience,
        int rest,
        int membersMin,
        Defect defect) {

    private static final int MEMBERS_MIN = 3;

    /// Max and Min in ten-thousandths, of so many nodes that do so many half millions of hashes.
    private record Profile(int nodes, int max, int min, double mega) {}

    private static final List<Profile> PROFILES =
            List.of(
                    new Profile(3, 41_300, 31_200, 1),
                    new Profile(4, 39_300, 29_200, 1),
                    new Profile(4, 44_300, 30_300, 1),
                    new Profile(5, 40_700, 30_600, 1),
                    new Profile(5, 40_700, 30_600, 1),
                    new Profile(5, 46_900, 28_900, 1),
                    new Profile(7, 43_000, 32_600, 4),
                    new Profile(10, 43_800, 32_400, 4));

    static Plan of(long seed) {
        return of(seed, Defect.NONE);
    }

    static Plan of(long seed, Defect defect) {
        Chance chance = new Chance(seed);
        Profile profile = chance.one(PROFILES);
        boolean slow = chance.in(0.3);
        int strong = chance.in(0.1) ? chance.below(profile.nodes) : -1;
        int rogue = profile.nodes > 3 && chance.in(0.4) ? chance.below(profile.nodes) : -1;
        return new Plan(
                seed,
                profile.nodes,
                new Parameters(profile.max, profile.min, Parameters.Nearest.ONE_STEP_BELOW_MAX),
                profile.mega,
                strong,
                rogue,
                Duration.ofMillis(slow ? 100 : 2),
                Duration.ofMillis(slow ? 1_500 : 80),
                chance.in(0.5) ? 0.3 * chance.below(100) / 100 : 0,
                chance.in(0.5) ? 0.2 : 0,
                chance.in(0.7),
                chance.in(0.5),
                chance.in(0.3),
                chance.in(0.7),
                Duration.ofMinutes(1),
                Duration.ofMillis(500),
                chance.in(0.5) ? profile.nodes / 2 : 0,
                MEMBERS_MIN,
                defect);
    }

    /// Nothing goes wrong, for so long: what figures are drawn of.
    static Plan calm(long seed, int nodes, Parameters parameters, double mega, Duration length) {
        return new Plan(
                seed,
                nodes,
                parameters,
                mega,
                -1,
                -1,
                Duration.ofMillis(2),
                Duration.ofMillis(10),
                0,
                0,
                false,
                false,
                false,
                false,
                length,
                Duration.ZERO,
                0,
                MEMBERS_MIN,
                Defect.NONE);
    }

    /// Whether something goes wrong that has to be got over.
    boolean isTroubled() {
        return votes || crashes || partitions || clocks || defect != Defect.NONE;
    }

    Plan strong(int node) {
        return new Plan(
                seed,
                nodes,
                parameters,
                mega,
                node,
                rogue,
                delayLeast,
                delayMost,
                loss,
                twice,
                crashes,
                partitions,
                clocks,
                votes,
                faults,
                patience,
                rest,
                membersMin,
                defect);
    }

    /// Nobody leaves who makes no blocks.
    Plan keeping() {
        return new Plan(
                seed,
                nodes,
                parameters,
                mega,
                strong,
                rogue,
                delayLeast,
                delayMost,
                loss,
                twice,
                crashes,
                partitions,
                clocks,
                votes,
                faults,
                patience,
                rest,
                nodes,
                defect);
    }

    Plan delayed(long least, long most) {
        return new Plan(
                seed,
                nodes,
                parameters,
                mega,
                strong,
                rogue,
                Duration.ofMillis(least),
                Duration.ofMillis(most),
                loss,
                twice,
                crashes,
                partitions,
                clocks,
                votes,
                faults,
                patience,
                rest,
                membersMin,
                defect);
    }
}
