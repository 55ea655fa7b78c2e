package org.entente.chain.industrial;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.execution.Ledger;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Bytes;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the first primary proposes, and what a node says to it.
final class Proposing {
    static final Turn TURN = Home.turn(1, 0);
    static final Instant NOW = Home.BEGIN.plusMillis(5);
    static final Action WORK =
            new Action.Put(Bytes.utf8("key"), Optional.empty(), Bytes.utf8("value"));

    final Home home = new Home();
    private final VerifyingKey first = Kept.roster(home.tip().state(), 1).primary(1, 0);
    final Signer primary = member(true);
    final Signer other = member(false);

    private Signer member(boolean proposes) {
        return Keys.first(4).stream()
                .filter(each -> each.key().equals(first) == proposes)
                .findFirst()
                .orElseThrow();
    }

    Message.Propose proposal(Ledger.Made made, Optional<Prepared> prepared) {
        Body body = new Body(made.header(), made.transactions());
        Ballot ballot = Ballot.by(primary, Ballot.Phase.PROPOSE, Home.CHAIN, TURN, body.digest());
        return new Message.Propose(ballot, body, List.of(), prepared);
    }

    /// What a node does about a proposal, its execution included.
    List<Step> told(Replica replica, Message.Propose proposal, Ledger.Made made) {
        List<Step> steps =
                new ArrayList<>(replica.on(new Event.Heard(primary.key(), proposal), NOW));
        if (steps.stream().anyMatch(Step.Execute.class::isInstance)) {
            steps.addAll(
                    replica.on(new Event.Executed(proposal.body().digest(), Parsed.of(made)), NOW));
        }
        return steps;
    }

    static List<Ballot.Phase> said(List<Step> steps) {
        List<Ballot.Phase> said = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Tell(var _, Message.Vote(Ballot ballot, var _))) {
                said.add(ballot.phase());
            }
        }
        return said;
    }
}
