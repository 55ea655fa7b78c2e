package org.entente.trials.simulation;

import org.entente.protocol.Bytes;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// One connection between an agent and the relay: in order each way, with delays; what is on its
/// way when it breaks is lost.
final class Link {
    private final Agenda agenda;
    private final Chance chance;
    private final Consumer<Bytes> toAgent;
    private final Consumer<Bytes> toRelay;
    private Instant agentNext;
    private Instant relayNext;
    private boolean open = true;

    /// Where a message goes.
    enum Side {
        AGENT,
        RELAY
    }

    Link(Agenda agenda, Chance chance, Consumer<Bytes> toAgent, Consumer<Bytes> toRelay) {
        this.agenda = agenda;
        this.chance = chance;
        this.toAgent = toAgent;
        this.toRelay = toRelay;
        this.agentNext = agenda.now();
        this.relayNext = agenda.now();
    }

    boolean isOpen() {
        return open;
    }

    void cut() {
        open = false;
    }

    void send(Side to, Bytes message, Duration late) {
        if (!open) {
            return;
        }
        Instant at = agenda.now().plus(chance.millis(1, chance.in(0.05) ? 400 : 20)).plus(late);
        Instant last = to == Side.AGENT ? agentNext : relayNext;
        Instant when = at.isBefore(last) ? last : at;
        if (to == Side.AGENT) {
            agentNext = when;
        } else {
            relayNext = when;
        }
        agenda.planAt(when, () -> deliver(to, message));
        if (chance.in(0.01)) {
            agenda.planAt(when, () -> deliver(to, message));
        }
    }

    private void deliver(Side to, Bytes message) {
        if (open) {
            (to == Side.AGENT ? toAgent : toRelay).accept(message);
        }
    }
}
