package org.entente.trials.por;

import org.entente.chain.por.Message;
import org.entente.trials.simulation.Agenda;
import org.entente.trials.simulation.Chance;

import java.time.Duration;
import java.time.Instant;

/// What lies between the nodes: delays, losses, messages that come twice, links that are cut on one
/// side or both.
final class Network {
    private final Agenda agenda;
    private final Chance chance;
    private final Plan plan;
    private final boolean[][] cut;
    private boolean calm;

    /// Where messages come out.
    @FunctionalInterface
    interface Hearing {
        void hear(int from, int to, Message message);
    }

    private final Hearing hearing;

    /// By link: messages of one connection do not overtake each other.
    private final Instant[][] last;

    Network(Agenda agenda, Chance chance, Plan plan, Hearing hearing) {
        this.agenda = agenda;
        this.chance = chance;
        this.plan = plan;
        this.hearing = hearing;
        this.cut = new boolean[plan.nodes()][plan.nodes()];
        this.last = new Instant[plan.nodes()][plan.nodes()];
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
        Duration delay = chance.millis(plan.delayLeast().toMillis(), plan.delayMost().toMillis());
        Instant at = agenda.now().plus(delay);
        boolean overtakes = !calm && chance.in(0.05);
        if (!overtakes && last[from][to] != null && last[from][to].isAfter(at)) {
            at = last[from][to];
        }
        last[from][to] = at;
        agenda.planAt(at, () -> hearing.hear(from, to, message));
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
            java.util.Arrays.fill(row, false);
        }
    }

    /// No more losses.
    void calm() {
        calm = true;
        heal();
    }
}
