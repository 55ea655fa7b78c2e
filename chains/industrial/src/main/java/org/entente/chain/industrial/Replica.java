package org.entente.chain.industrial;

import org.entente.chain.Action;
import org.entente.chain.Block;
import org.entente.chain.CertifiedHeader;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.execution.Account;
import org.entente.chain.execution.Ledger;
import org.entente.chain.state.State;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a node knows of its chain, and what it does about what it is told: seals heights one after
/// the other, follows where others are ahead, and gathers evidence. Changed in place by one owner;
/// knows no clock, no disk and no network, and executes nothing itself (docs/chains/industrial.md
/// §6).
public final class Replica {
    /// Blocks from peers that are kept until those before them are there.
    private static final int ARRIVED_AHEAD_MAX = 256;

    /// Words on the next height but one, of one peer.
    private static final int EARLY_COUNT_MAX = 16;

    private final Self self;
    private final Gathered gathered;
    private final TreeMap<Long, Arrival> arrived = new TreeMap<>();
    private final TreeMap<VerifyingKey, List<Message.Timed>> early = new TreeMap<>();
    private final TreeMap<VerifyingKey, Instant> asked = new TreeMap<>();
    private Ledger tip;
    private Roster roster;
    private Round round;
    private Optional<Block> following = Optional.empty();
    private Instant againAt;
    private boolean waits;

    /// A block whose certificate nobody looked at yet.
    private record Arrival(VerifyingKey peer, Block block) {}

    /// @param tip the newest final block
    /// @param pledge the newest that was kept
    public Replica(Self self, Ledger tip, Optional<Pledge> pledge, Instant now) {
        this(self, tip, pledge, Round.Voice.SPEAKS, now);
    }

    /// Of whoever lost the pledge: what it said about the next height it does not know, so it says
    /// nothing more about it, and seals again above it.
    public static Replica silent(Self self, Ledger tip, Instant now) {
        return new Replica(self, tip, Optional.empty(), Round.Voice.IS_SILENT, now);
    }

    private Replica(
            Self self, Ledger tip, Optional<Pledge> pledge, Round.Voice voice, Instant now) {
        this.self = self;
        this.tip = tip;
        this.gathered = new Gathered(certificate(tip.head()));
        this.roster = Kept.roster(tip.state(), tip.height() + 1);
        this.round = new Round(self, tip, roster, gathered, pledge, voice, now);
        this.againAt = now;
    }

    /// Of a header that is final; of block 0 there is none.
    private static Optional<CommitCertificate> certificate(CertifiedHeader certified) {
        return certified.header().height() == 0
                ? Optional.empty()
                : Optional.of(CommitCertificate.FORMAT.decode(certified.certificate()).orThrow());
    }

    public Ledger tip() {
        return tip;
    }

    public Roster roster() {
        return roster;
    }

    public int view() {
        return round.view();
    }

    public List<Step> on(Event event, Instant now) {
        List<Step> steps = new ArrayList<>();
        switch (event) {
            case Event.Heard(VerifyingKey peer, Message message) ->
                    heard(peer, message, now, steps);
            case Event.Waits(boolean any) -> waits = any;
            case Event.Made made -> round.made(made, steps);
            case Event.Executed executed -> executed(executed, now, steps);
            case Event.Tick() -> tick(now, steps);
        }
        decide(now, steps);
        make(now, steps);
        return steps;
    }

    private void heard(VerifyingKey peer, Message message, Instant now, List<Step> steps) {
        switch (message) {
            case Message.Timed timed -> timed(peer, timed, now, steps);
            case Message.Beat(Heartbeat heartbeat) -> beat(peer, heartbeat, steps);
            case Message.Have(long height) -> {
                if (height > reach()) {
                    ask(peer, now, steps);
                }
            }
            case Message.Ask(long from) -> {
                if (from <= tip.height()) {
                    steps.add(new Step.Serve(peer, from));
                }
            }
            case Message.Blocks(List<Block> blocks) -> blocks(peer, blocks, now, steps);
            // Not for here: [Event.Waits] tells whether there are any.
            case Message.Give _ -> {}
        }
    }

    private void timed(VerifyingKey peer, Message.Timed message, Instant now, List<Step> steps) {
        long ahead = message.turn().height() - tip.height();
        if (ahead == 1) {
            sealed(peer, message, now, steps);
        } else if (ahead == 2) {
            List<Message.Timed> kept = early.computeIfAbsent(peer, _ -> new ArrayList<>());
            if (kept.size() < EARLY_COUNT_MAX) {
                kept.add(message);
            }
        } else if (ahead > 2) {
            ask(peer, now, steps);
        } else if (message instanceof Message.Vote(Ballot ballot, var _)
                && ballot.phase() == Ballot.Phase.COMMIT) {
            missed(ballot);
        } else if (ahead < 0) {
            // Who still talks of it does not know that it is final.
            say(peer, new Message.Have(tip.height()), steps);
        }
    }

    private void sealed(VerifyingKey peer, Message.Timed message, Instant now, List<Step> steps) {
        switch (message) {
            case Message.Propose propose -> round.proposed(peer, propose, now, steps);
            case Message.Vote vote -> round.voted(peer, vote, steps);
            case Message.Change change -> round.changed(peer, change, now, steps);
        }
    }

    private void missed(Ballot ballot) {
        if (ballot.turn().height() + Past.LATE_BLOCKS > tip.height()
                && roster.sealers().has(ballot.sealer())
                && ballot.turn().epoch() == roster.sealers().epoch()
                && self.holds(ballot)) {
            gathered.commit(ballot);
        }
    }

    private void beat(VerifyingKey peer, Heartbeat heartbeat, List<Step> steps) {
        long epoch = self.settings().epoch(tip.height() + 1);
        if (heartbeat.epoch() != epoch || !Kept.table(tip.state()).has(heartbeat.member())) {
            return;
        }
        if (heartbeat.isSigned(self.chain(), self.verifier())) {
            gathered.beat(heartbeat);
        } else {
            steps.add(new Step.Blame(peer, "a forged heartbeat of " + heartbeat.member()));
        }
    }

    /// Up to where there are blocks, or will be once what is being done is done.
    private long reach() {
        long reach = tip.height();
        if (following.isPresent() || isNextExecuted()) {
            reach++;
        }
        while (arrived.containsKey(reach + 1)) {
            reach++;
        }
        return reach;
    }

    /// A quorum committed what is being executed here.
    private boolean isNextExecuted() {
        return round.committed().filter(it -> round.isExecuting(it.header())).isPresent();
    }

    /// As many at once as there may be liars, and one more: what they send is much, and the same.
    private void ask(VerifyingKey peer, Instant now, List<Step> steps) {
        asked.values().removeIf(until -> !now.isBefore(until));
        if (!asked.containsKey(peer) && asked.size() <= roster.sealers().faultyMax()) {
            asked.put(peer, now.plus(self.habits().resend()));
            say(peer, new Message.Ask(reach() + 1), steps);
        }
    }

    private static void say(VerifyingKey peer, Message message, List<Step> steps) {
        TreeSet<VerifyingKey> only = new TreeSet<>();
        only.add(peer);
        steps.add(new Step.Tell(only, message));
    }

    private void blocks(VerifyingKey peer, List<Block> blocks, Instant now, List<Step> steps) {
        for (Block block : blocks) {
            long height = block.header().height();
            long ahead = height - tip.height();
            if (ahead < 1 || ahead > ARRIVED_AHEAD_MAX || arrived.containsKey(height)) {
                continue;
            }
            // Once its certificate holds nobody looks at their signatures any more.
            if (!block.header().isOf(block.transactions())) {
                steps.add(new Step.Blame(peer, "other transactions than those of block " + height));
                return;
            }
            arrived.put(height, new Arrival(peer, block));
        }
        if (!blocks.isEmpty() && blocks.getLast().header().height() > tip.height()) {
            asked.remove(peer);
        }
        follow(steps);
        if (following.isEmpty() && !arrived.isEmpty()) {
            ask(peer, now, steps);
        }
    }

    /// Takes the next block that came whole, if its certificate holds; if not, nothing else that
    /// its sender sent is worth a place.
    private void follow(List<Step> steps) {
        arrived.headMap(tip.height(), true).clear();
        if (following.isPresent()) {
            return;
        }
        Arrival arrival = arrived.remove(tip.height() + 1);
        if (arrival == null) {
            return;
        }
        Block next = arrival.block();
        if (certified(next) instanceof Verdict.Rejected why) {
            steps.add(new Step.Blame(arrival.peer(), "a made-up block: " + why));
            arrived.values().removeIf(each -> each.peer().equals(arrival.peer()));
        } else {
            following = Optional.of(next);
            steps.add(new Step.Execute(tip, new Body(next.header(), next.transactions()), true));
        }
    }

    private Verdict certified(Block block) {
        return block.header().previous().equals(tip.head().header().digest())
                ? HeaderCheck.of(self.genesis(), self.verifier())
                        .check(block.certified(), tip.state())
                : Verdict.rejected(Fault.BAD_PROOF, "it is not upon the block before it");
    }

    private void executed(Event.Executed event, Instant now, List<Step> steps) {
        round.executed(event, now, steps);
        boolean isFollowed =
                following.filter(it -> it.header().digest().equals(event.header())).isPresent();
        if (!isFollowed) {
            return;
        }
        Block block = following.orElseThrow();
        following = Optional.empty();
        switch (event.result()) {
            case Parsed.Value<Ledger.Made>(Ledger.Made made) -> {
                if (made.header().equals(block.header())) {
                    commit(made, certificate(block.certified()).orElseThrow(), now, steps);
                } else {
                    steps.add(new Step.Alarm("we make another block of " + block.header()));
                }
            }
            case Parsed.Refused<Ledger.Made>(Verdict.Rejected why) ->
                    steps.add(new Step.Alarm("a final block does not hold here: " + why));
        }
    }

    /// Whether a quorum committed, of whatever view.
    private void decide(Instant now, List<Step> steps) {
        Optional<CommitCertificate> certificate = round.committed();
        if (certificate.isEmpty()) {
            return;
        }
        Optional<Ledger.Made> made = round.found(certificate.get().header());
        if (made.isPresent()) {
            commit(made.get(), certificate.get(), now, steps);
        } else if (!round.isExecuting(certificate.get().header()) && following.isEmpty()) {
            certificate.get().commits().keySet().stream()
                    .filter(each -> !each.equals(self.key()))
                    .findFirst()
                    .ifPresent(peer -> ask(peer, now, steps));
        }
    }

    private void commit(
            Ledger.Made made, CommitCertificate certificate, Instant now, List<Step> steps) {
        CertifiedHeader certified =
                new CertifiedHeader(made.header(), CommitCertificate.FORMAT.encode(certificate));
        Block block = made.block(certified);
        tip = made.certified(certified);
        steps.add(new Step.Commit(tip, block));
        observers(block, steps);
        gathered.committed(certificate);
        following = Optional.empty();
        roster = Kept.roster(tip.state(), tip.height() + 1);
        round = new Round(self, tip, roster, gathered, Optional.empty(), Round.Voice.SPEAKS, now);
        // What waited may stand in this block: whoever knows says so anew.
        waits = false;
        againAt = now.plus(self.habits().resend());
        heartbeat(steps);
        follow(steps);
        replay(now, steps);
    }

    /// Those who do not seal get each block from one who does.
    private void observers(Block block, List<Step> steps) {
        List<VerifyingKey> sealers = List.copyOf(roster.sealers().keys());
        TreeSet<VerifyingKey> mine = new TreeSet<>();
        int index = 0;
        for (VerifyingKey member : Kept.table(tip.state()).members().keySet()) {
            if (!roster.sealers().has(member)
                    && sealers.get(index++ % sealers.size()).equals(self.key())) {
                mine.add(member);
            }
        }
        if (!mine.isEmpty()) {
            steps.add(new Step.Tell(mine, new Message.Blocks(List.of(block))));
        }
    }

    private void heartbeat(List<Step> steps) {
        State state = tip.state();
        Past past = Kept.past(state);
        if (past.pulse().isPresent()
                && Kept.table(state).has(self.key())
                && !past.alive().contains(self.key())) {
            Heartbeat heartbeat =
                    Heartbeat.by(
                            self.signer(),
                            self.chain(),
                            self.settings().epoch(tip.height() + 1),
                            past.pulse().get());
            gathered.beat(heartbeat);
            steps.add(new Step.Tell(others(), new Message.Beat(heartbeat)));
        }
    }

    private SortedSet<VerifyingKey> others() {
        TreeSet<VerifyingKey> others = new TreeSet<>(Kept.table(tip.state()).members().keySet());
        others.remove(self.key());
        return others;
    }

    /// What came early is heard now.
    private void replay(Instant now, List<Step> steps) {
        TreeMap<VerifyingKey, List<Message.Timed>> kept = new TreeMap<>(early);
        early.clear();
        kept.forEach((peer, messages) -> messages.forEach(each -> timed(peer, each, now, steps)));
    }

    private void make(Instant now, List<Step> steps) {
        Optional<Turn> turn = round.wants(waits, now);
        if (turn.isEmpty()) {
            return;
        }
        State state = tip.state();
        Bytes words =
                Words.FORMAT.encode(gathered.evidence(self.settings(), state, tip.height() + 1));
        Transaction evidence =
                new Transaction(
                        self.chain(),
                        self.key(),
                        Account.find(state, self.key()).orElseThrow().nonce(),
                        new Action.Govern(words));
        steps.add(new Step.Make(tip, turn.get(), SignedTransaction.by(self.signer(), evidence)));
    }

    private void tick(Instant now, List<Step> steps) {
        round.tick(waits, now, steps);
        if (now.isBefore(againAt)) {
            return;
        }
        againAt = now.plus(self.habits().resend());
        round.again(steps);
        heartbeat(steps);
        steps.add(new Step.Tell(others(), new Message.Have(tip.height())));
    }
}
