package org.entente.trials.industrial;

import org.entente.chain.industrial.Message;
import org.entente.trials.simulation.Agenda;
import org.entente.trials.simulation.Chance;

import java.time.Duration;
import java.util.Arrays;

/// What lies between the nodes: delays, losses, messages that come twice or overtake each other,
/// links that are cut on one side or both.
final class Network {
    private static final Duration CALM_DELAY_MOST = Duration.ofMillis(30);

    private final Agenda agenda;
    private final Chance chance;
    private final Plan plan;
    private final Hearing hearing;
    private final boolean[][] cut;
    private boolean calm;

    /// Where messages come out.
    @FunctionalInterface
    interface Hearing {
        void hear(int from, int to, Message message);
    }

    Network(Agenda agenda, Chance chance, Plan plan, Hearing hearing) {
        this.agenda = agenda;
        this.chance = chance;
        this.plan = plan;
        this.hearing = hearing;
        this.cut = new boolean[plan.nodes()][plan.nodes()];
    }

    void send(int from, int to, Message message) {
        if (cut[from][to] || (!calm && chance.in(plan.loss()))) {
            return;
        }
        deliver(from, to, message);
        if (!calm && chance.in(plan.twice())) {
            deliver(from, to, message);
        }
    }

    private void deliver(int from, int to, Message message) {
        long most = calm ? CALM_DELAY_MOST.toMillis() : plan.delayMillisMost();
        agenda.plan(chance.millis(1, most), () -> hearing.hear(from, to, message));
    }

    /// Cuts whatever joins the one side and the other, in one direction or both.
    void part(boolean[] side, boolean isOneWay) {
        for (int from = 0; from < side.length; from++) {
            for (int to = 0; to < side.length; to++) {
                cut[from][to] |= side[from] != side[to] && (side[from] || !isOneWay);
            }
        }
    }

    void heal() {
        for (boolean[] row : cut) {
            Arrays.fill(row, false);
        }
    }

    void calm() {
        calm = true;
        heal();
    }
}
