package org.entente.chain.industrial;

import org.entente.chain.Header;
import org.entente.chain.Receipt;
import org.entente.chain.execution.Ledger;
import org.entente.light.industrial.Ballot;
import org.entente.light.industrial.CommitCertificate;
import org.entente.light.industrial.Turn;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One height, from the first view until a quorum committed (docs/chains/industrial.md §6).
///
/// In a view: nothing heard → *proposed* (a fitting proposal, executed) → *prepared* (a quorum has
/// the same) → *committed*. Given up → *changing*, until the next primary proposes with a quorum
/// that gave up as well.
final class Round {
    private final Self self;
    private final Ledger tip;
    private final Roster roster;
    private final Gathered gathered;
    private final Said said = new Said();
    private final Changes changes;
    private final TreeMap<Digest, Ledger.Made> made = new TreeMap<>();
    private final TreeSet<Digest> executing = new TreeSet<>();
    private final Voice voice;
    private final Instant begun;
    private Pledge pledge;

    /// Of this view, accepted.
    private Optional<Message.Propose> proposal = Optional.empty();

    private boolean making;
    private boolean pressed;

    /// When this view is given up; not before a quorum is in it.
    private Optional<Instant> deadline;

    /// Whether it may say anything of this height.
    enum Voice {
        SPEAKS,
        IS_SILENT
    }

    Round(
            Self self,
            Ledger tip,
            Roster roster,
            Gathered gathered,
            Optional<Pledge> kept,
            Voice voice,
            Instant now) {
        this.self = self;
        this.tip = tip;
        this.roster = roster;
        this.gathered = gathered;
        this.changes = new Changes(self, roster);
        this.voice = voice;
        this.begun = now;
        Turn turn = new Turn(roster.sealers().epoch(), 0, tip.height() + 1);
        this.pledge =
                kept.filter(it -> it.turn().height() == turn.height())
                        .orElseGet(() -> Pledge.begun(turn));
        this.deadline =
                pledge.changing()
                        ? Optional.empty()
                        : Optional.of(now.plus(self.habits().idle()).plus(timeout()));
    }

    int view() {
        return pledge.turn().view();
    }

    private Duration timeout() {
        return self.habits().timeout(view());
    }

    private boolean seals() {
        return voice == Voice.SPEAKS && roster.sealers().has(self.key());
    }

    private VerifyingKey primary(int view) {
        return roster.primary(pledge.turn().height(), view);
    }

    private boolean isPrimary() {
        return primary(view()).equals(self.key());
    }

    private SortedSet<VerifyingKey> others() {
        TreeSet<VerifyingKey> others = new TreeSet<>(roster.sealers().keys());
        others.remove(self.key());
        return others;
    }

    private void tell(Message message, List<Step> steps) {
        steps.add(new Step.Tell(others(), message));
    }

    /// Whether to make a block now: it is our turn, and there is nothing that must be proposed.
    ///
    /// @return the turn that it is for
    Optional<Turn> wants(boolean waits, Instant now) {
        if (!seals()
                || !isPrimary()
                || making
                || proposal.isPresent()
                || pledge.proposed().isPresent()) {
            return Optional.empty();
        }
        boolean isTime =
                view() == 0
                        ? waits || !now.isBefore(begun.plus(self.habits().idle()))
                        : pledge.changing()
                                && changes.isQuorum(view())
                                && changes.held(view()).isEmpty();
        making = isTime && !(view() == 0 && pledge.changing());
        return making ? Optional.of(pledge.turn()) : Optional.empty();
    }

    void made(Event.Made event, List<Step> steps) {
        if (!event.turn().equals(pledge.turn()) || !making || proposal.isPresent()) {
            return;
        }
        Ledger.Made block = event.made();
        if (!isEvident(block)) {
            steps.add(new Step.Alarm("our own evidence does not hold: " + block.receipts()));
            return;
        }
        made.put(block.header().digest(), block);
        if (view() > 0 && changes.held(view()).isPresent()) {
            // Meanwhile somebody claimed what may be committed.
            making = false;
            return;
        }
        propose(new Body(block.header(), block.transactions()), Optional.empty(), steps);
    }

    private static boolean isEvident(Ledger.Made block) {
        return !block.receipts().isEmpty()
                && block.receipts().getFirst().status() == Receipt.Status.DONE;
    }

    private void propose(Body body, Optional<Prepared> prepared, List<Step> steps) {
        Ballot ballot = self.ballot(Ballot.Phase.PROPOSE, pledge.turn(), body.digest());
        promise(pledge.proposing(body.digest()), steps);
        said.add(ballot);
        List<ViewChange> reason = view() == 0 ? List.of() : changes.to(view());
        Message.Propose message = new Message.Propose(ballot, body, reason, prepared);
        proposal = Optional.of(message);
        tell(message, steps);
        execute(body, steps);
    }

    private void promise(Pledge next, List<Step> steps) {
        pledge = next;
        steps.add(new Step.Promise(next));
    }

    private void execute(Body body, List<Step> steps) {
        if (!made.containsKey(body.digest()) && executing.add(body.digest())) {
            steps.add(new Step.Execute(tip, body, false));
        }
    }

    /// @return whether the peer lied
    boolean proposed(VerifyingKey peer, Message.Propose message, Instant now, List<Step> steps) {
        Ballot ballot = message.ballot();
        int view = ballot.turn().view();
        boolean isHis =
                ballot.phase() == Ballot.Phase.PROPOSE
                        && ballot.sealer().equals(primary(view))
                        && ballot.header().equals(message.body().digest());
        if (!isHis) {
            steps.add(new Step.Blame(peer, "a proposal for " + ballot.turn()));
            return true;
        }
        if (!take(peer, ballot, steps)) {
            return true;
        }
        boolean isFirst = view > view() || (view == view() && proposal.isEmpty());
        if (!isFirst || !said.before(ballot).filter(ballot::equals).isPresent()) {
            return false;
        }
        if (!changes.excuse(message)) {
            steps.add(new Step.Blame(peer, "no reason for " + ballot.turn()));
            return true;
        }
        accept(message, now, steps);
        return false;
    }

    private void accept(Message.Propose message, Instant now, List<Step> steps) {
        int view = message.turn().view();
        if (!seals()) {
            return;
        }
        boolean isOther =
                view == view()
                        && pledge.preparing()
                                .filter(it -> !it.equals(message.ballot().header()))
                                .isPresent();
        if (isOther || (view == 0 && pledge.changing())) {
            return;
        }
        if (view > view() || pledge.changing()) {
            enter(view, false, now, steps);
        }
        pressed = true;
        deadline = Optional.of(now.plus(timeout()));
        boolean isAgain = message.prepared().isPresent();
        if (!fits(message.body(), view, isAgain, now)) {
            giveUp(now, steps);
            return;
        }
        proposal = Optional.of(message);
        execute(message.body(), steps);
        progress(steps);
    }

    private boolean fits(Body body, int view, boolean isAgain, Instant now) {
        Header header = body.header();
        Header before = tip.head().header();
        return header.chain().equals(before.chain())
                && header.height() == before.height() + 1
                && header.previous().equals(before.digest())
                && !header.time().isBefore(before.time())
                && !header.time().isAfter(now.plus(self.settings().skewMax()))
                && (isAgain || header.creator().equals(primary(view)))
                && body.isSound();
    }

    void executed(Event.Executed event, Instant now, List<Step> steps) {
        if (!executing.remove(event.header())) {
            return;
        }
        if (event.result() instanceof Parsed.Value<Ledger.Made>(Ledger.Made block)
                && block.header().digest().equals(event.header())
                && isEvident(block)) {
            made.put(event.header(), block);
            progress(steps);
        } else if (proposal.filter(it -> it.ballot().header().equals(event.header())).isPresent()) {
            // Not what its primary says it is: nobody honest prepares it.
            giveUp(now, steps);
        }
    }

    void voted(VerifyingKey peer, Message.Vote message, List<Step> steps) {
        Ballot ballot = message.ballot();
        boolean holds =
                ballot.phase() != Ballot.Phase.PROPOSE
                        && message.upon().filter(it -> !isAnswered(ballot, it)).isEmpty();
        if (!holds) {
            steps.add(new Step.Blame(peer, "a vote upon nothing"));
            return;
        }
        Optional<Ballot> upon = message.upon();
        if ((upon.isEmpty() || take(peer, upon.get(), steps)) && take(peer, ballot, steps)) {
            progress(steps);
        }
    }

    private boolean isAnswered(Ballot ballot, Ballot upon) {
        return upon.phase() == Ballot.Phase.PROPOSE
                && upon.turn().equals(ballot.turn())
                && upon.header().equals(ballot.header())
                && upon.sealer().equals(primary(upon.turn().view()));
    }

    /// @return whether it is a sealer's word
    private boolean take(VerifyingKey peer, Ballot ballot, List<Step> steps) {
        if (!Said.isNear(ballot, view())) {
            return true;
        }
        Optional<Ballot> before = said.before(ballot);
        if (before.equals(Optional.of(ballot))) {
            return true;
        }
        if (ballot.turn().epoch() != pledge.turn().epoch()
                || !roster.sealers().has(ballot.sealer())
                || !self.holds(ballot)) {
            steps.add(new Step.Blame(peer, "a word that " + ballot.sealer() + " did not say"));
            return false;
        }
        before.filter(ballot::contradicts)
                .ifPresent(it -> gathered.lie(new Equivocation(it, ballot)));
        said.add(ballot);
        return true;
    }

    /// Says whatever follows from what is known of this view.
    private void progress(List<Step> steps) {
        if (!seals() || pledge.changing() || proposal.isEmpty()) {
            return;
        }
        Body body = proposal.get().body();
        Digest header = body.digest();
        if (!made.containsKey(header)) {
            return;
        }
        if (!isPrimary() && isUnsaid(Ballot.Phase.PREPARE)) {
            promise(pledge.preparing(header), steps);
            say(Ballot.Phase.PREPARE, header, steps);
        }
        if (isUnsaid(Ballot.Phase.COMMIT)) {
            Prepared prepared = said.prepared(pledge.turn(), header, primary(view()));
            if (prepared.ballots().size() >= roster.sealers().quorum()) {
                promise(pledge.prepared(new Pledge.Held(prepared, body)), steps);
                say(Ballot.Phase.COMMIT, header, steps);
            }
        }
    }

    private boolean isUnsaid(Ballot.Phase phase) {
        return said.by(self.key(), phase, view()).isEmpty();
    }

    private void say(Ballot.Phase phase, Digest header, List<Step> steps) {
        Ballot ballot = self.ballot(phase, pledge.turn(), header);
        said.add(ballot);
        tell(vote(ballot), steps);
    }

    private Message.Vote vote(Ballot ballot) {
        return new Message.Vote(
                ballot,
                proposal.map(Message.Propose::ballot)
                        .filter(_ -> ballot.phase() == Ballot.Phase.PREPARE));
    }

    /// What a quorum committed, whether or not we have the block.
    Optional<CommitCertificate> committed() {
        return said.committed(roster.sealers().quorum());
    }

    boolean isExecuting(Digest header) {
        return executing.contains(header);
    }

    Optional<Ledger.Made> found(Digest header) {
        return Optional.ofNullable(made.get(header));
    }

    void changed(VerifyingKey peer, Message.Change message, Instant now, List<Step> steps) {
        if (!changes.holds(message)) {
            steps.add(new Step.Blame(peer, "a change to " + message.change().to()));
            return;
        }
        changes.add(message);
        if (!seals()) {
            return;
        }
        changes.above(view()).ifPresent(view -> enter(view, true, now, steps));
        await(now, steps);
    }

    /// Where a quorum waits for this view its time runs, and its primary proposes what is held.
    private void await(Instant now, List<Step> steps) {
        if (!pledge.changing()) {
            return;
        }
        if (deadline.isEmpty() && changes.isAwaited(view())) {
            deadline = Optional.of(now.plus(timeout()));
        }
        boolean isReady =
                isPrimary()
                        && proposal.isEmpty()
                        && pledge.proposed().isEmpty()
                        && changes.isQuorum(view());
        if (isReady) {
            changes.held(view())
                    .ifPresent(held -> {
                        propose(held.body(), Optional.of(held.proof()), steps);
                        progress(steps);
                    });
        }
    }

    private void giveUp(Instant now, List<Step> steps) {
        enter(view() + 1, true, now, steps);
        await(now, steps);
    }

    private void enter(int view, boolean changing, Instant now, List<Step> steps) {
        pledge = pledge.entered(view, changing);
        proposal = Optional.empty();
        making = false;
        deadline = changing ? Optional.empty() : Optional.of(now.plus(timeout()));
        if (changing) {
            steps.add(new Step.Promise(pledge));
            Message.Change change = change();
            changes.add(change);
            tell(change, steps);
        }
    }

    private Message.Change change() {
        Optional<Pledge.Held> held = pledge.prepared();
        return new Message.Change(
                ViewChange.by(self, pledge.turn(), held.map(Pledge.Held::claim)), held);
    }

    /// @param waits something should be in a block
    void tick(boolean waits, Instant now, List<Step> steps) {
        if (!seals()) {
            return;
        }
        if (waits && !pressed && !pledge.changing()) {
            pressed = true;
            deadline = Optional.of(now.plus(timeout()));
        }
        await(now, steps);
        if (deadline.filter(it -> !now.isBefore(it)).isPresent()) {
            giveUp(now, steps);
        }
    }

    /// Says again what others may have missed.
    void again(List<Step> steps) {
        if (!seals()) {
            return;
        }
        if (pledge.changing()) {
            Message.Change change = change();
            changes.add(change);
            tell(change, steps);
        }
        if (isPrimary()) {
            proposal.ifPresent(it -> tell(it, steps));
        }
        for (Ballot.Phase phase : List.of(Ballot.Phase.PREPARE, Ballot.Phase.COMMIT)) {
            said.by(self.key(), phase, view()).ifPresent(it -> tell(vote(it), steps));
        }
    }
}
