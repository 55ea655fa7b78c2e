package org.entente.trials.industrial;

import org.entente.certs.Signer;
import org.entente.chain.Header;
import org.entente.chain.execution.Ledger;
import org.entente.chain.industrial.Body;
import org.entente.chain.industrial.Heartbeat;
import org.entente.chain.industrial.Message;
import org.entente.chain.industrial.ViewChange;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.Turn;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.VerifyingKey;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a sealer that lies says instead of what an honest one says. Liars know each other, so that
/// what one proposes to a half the others vote for towards that half.
final class Liar {
    private final World world;
    private final Signer signer;

    /// By what it should have proposed: what the half of the nodes hears.
    private final Map<Digest, Body> others;

    Liar(World world, Signer signer, Map<Digest, Body> others) {
        this.world = world;
        this.signer = signer;
        this.others = others;
    }

    List<Message> said(Message message, int peer, Ledger tip) {
        if (peer < world.plan().liars()) {
            return List.of(message);
        }
        return switch (world.plan().lie()) {
            case EQUIVOCATE -> peer % 2 == 0 ? List.of(message) : List.of(other(message, tip));
            case SILENT -> message instanceof Message.Timed ? List.of() : List.of(message);
            case WITHHOLD ->
                    message instanceof Message.Vote(Ballot ballot, var _)
                                    && ballot.phase() == Ballot.Phase.COMMIT
                            ? List.of()
                            : List.of(message);
            case FORGE -> forged(message);
        };
    }

    private Message other(Message message, Ledger tip) {
        return switch (message) {
            case Message.Propose(Ballot ballot, Body body, var reason, var prepared)
                    when prepared.isEmpty() -> {
                Body other = others.computeIfAbsent(body.digest(), _ -> later(tip, body));
                yield new Message.Propose(ballot(ballot, other.digest()), other, reason, prepared);
            }
            case Message.Vote(Ballot ballot, var _) -> {
                Body other = others.get(ballot.header());
                yield other == null
                        ? message
                        : new Message.Vote(ballot(ballot, other.digest()), Optional.empty());
            }
            default -> message;
        };
    }

    private Ballot ballot(Ballot like, Digest header) {
        return Ballot.by(signer, like.phase(), world.chain(), like.turn(), header);
    }

    /// The same a millisecond later.
    private Body later(Ledger tip, Body body) {
        Header header = body.header();
        if (tip.height() + 1 != header.height()) {
            return body;
        }
        Ledger.Made made =
                world.works()
                        .make(tip, body.transactions().getFirst(), header.time().plusMillis(1));
        return new Body(made.header(), made.transactions());
    }

    /// In another's name.
    private List<Message> forged(Message message) {
        VerifyingKey victim = world.victim().key();
        ChainId chain = world.chain();
        return switch (message) {
            case Message.Beat(Heartbeat beat) -> {
                Heartbeat mine = Heartbeat.by(signer, chain, beat.epoch(), beat.pulse());
                yield List.of(
                        new Message.Beat(
                                new Heartbeat(
                                        mine.epoch(), mine.pulse(), victim, mine.signature())));
            }
            case Message.Vote(Ballot ballot, var _) -> {
                Turn turn = ballot.turn();
                Ballot mine = Ballot.by(signer, ballot.phase(), chain, turn, Digest.ZERO);
                yield List.of(
                        message,
                        new Message.Vote(
                                new Ballot(
                                        mine.phase(), turn, Digest.ZERO, victim, mine.signature()),
                                Optional.empty()));
            }
            case Message.Change(var change, var held) ->
                    List.of(
                            new Message.Change(
                                    new ViewChange(
                                            change.to(),
                                            Optional.of(new ViewChange.Claim(0, Digest.ZERO)),
                                            victim,
                                            change.signature()),
                                    held));
            default -> List.of(message);
        };
    }
}
