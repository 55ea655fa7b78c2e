package org.entente.trials.simulation;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.exchange.BatchPlace;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.exchange.WriteSet;
import org.entente.protocol.link.Break;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Settlement;
import org.entente.protocol.merkle.BatchTree;
import org.entente.registry.fixture.Member;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Through which an agent speaks: what an honest seat says goes as it is, what a corrupt one says
/// becomes what it is corrupt in.
final class Mouth {
    private final World world;
    private final Member member;
    private final Chance chance;
    private final Optional<Corruption> corruption;

    Mouth(World world, Member member, Chance chance) {
        this.world = world;
        this.member = member;
        this.chance = chance;
        this.corruption = Optional.ofNullable(world.plan().corrupt().get(member.agent()));
    }

    void hello(Link link, ToRelay message) {
        send(link, message, Duration.ZERO);
    }

    void say(Link link, ToRelay message) {
        if (corruption.isEmpty()) {
            send(link, message, Duration.ZERO);
            return;
        }
        switch (corruption.get()) {
            case SILENT -> {}
            case LATE -> send(link, message, chance.millis(500, 7_000));
            case GARBAGE -> garbage(link, message);
            case WRONG_SIGNATURES -> send(link, unsigned(message), Duration.ZERO);
            case OTHER_PROPOSALS -> send(link, other(message), Duration.ZERO);
            case EQUIVOCATING -> {
                send(link, message, Duration.ZERO);
                send(link, other(message), Duration.ZERO);
            }
            case LYING_OBSERVER -> {
                send(link, observed(message), Duration.ZERO);
                lost(message).ifPresent(lie -> send(link, lie, Duration.ZERO));
            }
            case WITHHOLDING_PAYLOADS -> send(link, message, Duration.ZERO);
        }
    }

    /// What some corrupt agents do before they think.
    void hears(Link link, ToAgent message) {
        boolean endorses =
                corruption.equals(Optional.of(Corruption.OTHER_PROPOSALS))
                        || corruption.equals(Optional.of(Corruption.EQUIVOCATING));
        if (endorses && message instanceof ToAgent.Endorse endorse) {
            Digest proposal = Proposal.FORMAT.digest(endorse.sequence().proposal());
            send(
                    link,
                    new ToRelay.Endorsed(
                            world.alliance(),
                            proposal,
                            vouch(
                                    endorse.sequence().ask().request().epoch(),
                                    proposal,
                                    BatchRoot.ENDORSEMENT)),
                    Duration.ZERO);
        }
    }

    private Vouch vouch(
            long epoch, Digest leaf, org.entente.protocol.encoding.Format<BatchRoot> format) {
        BatchTree tree = BatchTree.of(List.of(leaf));
        BatchRoot root = new BatchRoot(world.alliance(), epoch, member.agent(), 1, tree.root());
        return new Vouch(
                member.agent(),
                new BatchPlace(0, 1, tree.proof(0).path()),
                member.agentKey().sign(format.digest(root)));
    }

    private void send(Link link, ToRelay message, Duration late) {
        world.watch().said(member.agent(), message);
        Bytes bytes = ToRelay.FORMAT.encode(message);
        world.trace().bytes(bytes);
        link.send(Link.Side.RELAY, bytes, late);
    }

    private void garbage(Link link, ToRelay message) {
        // What is signed is said, though nobody may be able to read it.
        world.watch().said(member.agent(), message);
        byte[] bytes = ToRelay.FORMAT.encode(message).toArray();
        for (int count = 1 + chance.below(4); count > 0; count--) {
            bytes[chance.below(bytes.length)] ^= (byte) (1 << chance.below(8));
        }
        link.send(Link.Side.RELAY, Bytes.copyOf(bytes), Duration.ZERO);
    }

    private ToRelay unsigned(ToRelay message) {
        var other = member.agentKey().sign(Digest.of(Bytes.utf8("something else")));
        return switch (message) {
            case ToRelay.Proposed it ->
                    new ToRelay.Proposed(
                            it.alliance(), it.proposal(), other, it.readSet(), it.writeSet());
            case ToRelay.Endorsed it ->
                    new ToRelay.Endorsed(
                            it.alliance(),
                            it.proposal(),
                            new Vouch(it.vouch().agent(), it.vouch().place(), other));
            case ToRelay.Sealing it -> new ToRelay.Sealing(it.seal(), other);
            case ToRelay.Observed it ->
                    new ToRelay.Observed(
                            it.settlement(),
                            new Vouch(it.vouch().agent(), it.vouch().place(), other));
            case ToRelay it -> it;
        };
    }

    /// The same with another content, signed as it should be.
    private ToRelay other(ToRelay message) {
        return switch (message) {
            case ToRelay.Proposed it when !it.writeSet().writes().isEmpty() -> proposed(it);
            case ToRelay.Sealing it -> {
                Seal seal = it.seal();
                Seal forged =
                        new Seal(
                                seal.alliance(),
                                seal.epoch(),
                                seal.size(),
                                Digest.of(Bytes.utf8("another root")),
                                seal.time());
                yield new ToRelay.Sealing(
                        forged, member.agentKey().sign(Seal.FORMAT.digest(forged)));
            }
            case ToRelay it -> it;
        };
    }

    private ToRelay proposed(ToRelay.Proposed it) {
        Bytes value = Bytes.utf8("forged " + chance.number());
        world.relay().store(value);
        List<Write> writes = new ArrayList<>(it.writeSet().writes());
        writes.set(0, new Write(writes.getFirst().place(), value.size(), Digest.of(value)));
        WriteSet forged = new WriteSet(writes);
        Proposal old = it.proposal();
        Proposal proposal =
                new Proposal(
                        old.request(),
                        old.nodeContract(),
                        old.readSet(),
                        WriteSet.FORMAT.digest(forged),
                        old.result(),
                        old.proposer());
        return new ToRelay.Proposed(
                it.alliance(),
                proposal,
                member.agentKey().sign(Proposal.FORMAT.digest(proposal)),
                it.readSet(),
                forged);
    }

    /// That the chain where it saw something has lost everything.
    private Optional<ToRelay> lost(ToRelay message) {
        if (!(message instanceof ToRelay.Observed(Settlement seen, Vouch _))) {
            return Optional.empty();
        }
        Break lie =
                new Break(
                        seen.alliance(),
                        seen.chain(),
                        new Break.Block(1, Bytes.utf8("followed")),
                        new Break.Block(1, Bytes.utf8("another")),
                        0,
                        1,
                        Break.State.STANDS);
        return Optional.of(
                new ToRelay.Broken(lie, member.agentKey().sign(Break.FORMAT.digest(lie))));
    }

    private ToRelay observed(ToRelay message) {
        if (message instanceof ToRelay.Looked looked) {
            return new ToRelay.Looked(looked.alliance(), looked.serial(), ToRelay.Found.NOTHING);
        }
        if (!(message instanceof ToRelay.Observed(Settlement seen, Vouch _))) {
            return message;
        }
        Settlement lie =
                new Settlement(
                        seen.alliance(),
                        seen.serial(),
                        seen.chain(),
                        seen.inbox(),
                        seen.end() == Settlement.End.APPLIED
                                ? Settlement.End.CANCELLED
                                : Settlement.End.APPLIED,
                        0);
        long epoch =
                world.agent(member.agent())
                        .seat()
                        .flatMap(seat -> seat.notary().alliance())
                        .map(alliance -> alliance.charter().record().epoch())
                        .orElse(0L);
        return new ToRelay.Observed(
                lie, vouch(epoch, Settlement.FORMAT.digest(lie), BatchRoot.OBSERVE));
    }
}
