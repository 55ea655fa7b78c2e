package org.entente.relay;

import org.entente.certs.Signer;
import org.entente.certs.Verifier;
import org.entente.endorsement.Content;
import org.entente.endorsement.EntryRecord;
import org.entente.endorsement.Notary;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Sealed;
import org.entente.registry.Agent;
import org.entente.registry.Alliance;
import org.entente.registry.contract.FlowName;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// One alliance's exchanges at the relay: collecting, ordering, sealing, delivering, settling
/// (protocol.md §6, docs/exchange.md §1).
///
/// It alone appends to the alliance's log. It is told events and the time, and answers effects; one
/// thread at a time. After a crash it is made anew from the log and the kept seals.
public final class Desk {
    private final Effects effects = new Effects();
    private final Means means;
    private final Sequencer sequencer;
    private final Attesting attesting;
    private final Collecting collecting;
    private final Submissions submissions;
    private final Seals seals;
    private final Endings endings;
    private final Outbox outbox;
    private final Remaking remaking;
    private long epoch;
    private long sealed;

    /// @param relay the relay's own key
    public Desk(
            AllianceId id,
            Signer relay,
            Verifier verifier,
            DeskRules rules,
            Surroundings surroundings) {
        Tracks tracks = new Tracks(effects);
        Notary notary = new Notary(id, verifier);
        Conduct conduct = new Conduct(effects);
        Touches touches = new Touches();
        means =
                new Means(
                        id,
                        notary,
                        relay,
                        verifier,
                        rules,
                        surroundings,
                        effects,
                        conduct,
                        tracks,
                        new Promises(effects, tracks),
                        touches,
                        new Breaks(id, notary, verifier, conduct));
        sequencer = new Sequencer(means);
        attesting = new Attesting(means, sequencer);
        collecting = new Collecting(means, attesting);
        submissions = new Submissions(means, collecting, attesting);
        seals = new Seals(means, sequencer);
        endings = new Endings(means, sequencer);
        outbox = new Outbox(means, endings);
        remaking = new Remaking(means, touches);
    }

    /// Takes the next promise that was kept, as it is found at the start, before the log.
    public void promised(SignedPromise promise) {
        means.promises().remember(promise);
    }

    /// Takes the next record of the log, as it is found at the start.
    public void replay(EntryRecord record) {
        sequencer.replay(record);
        endings.replay(record.entry(), Content.read(record).orThrow());
    }

    /// Takes up the work after the log was replayed.
    ///
    /// @param kept the seals that were kept, ascending by size
    /// @param convicted agents that were found to sign two things that exclude each other
    public List<Effect> opened(List<Sealed> kept, Collection<NodeId> convicted, Instant now) {
        means.conduct().suspend(convicted);
        Optional<String> why = seals.kept(kept);
        if (why.isPresent()) {
            effects.add(new Effect.Stop(why.get()));
            return effects.taken();
        }
        if (means.notary().alliance().isPresent()) {
            epoch = means.record().epoch();
            followSeal(now);
            effects.taken();
            means.notary()
                    .book()
                    .open()
                    .keySet()
                    .forEach(serial ->
                            means.tracks()
                                    .open(serial)
                                    .ifPresent(track ->
                                            effects.add(new Effect.Hold(track.payloads()))));
            tick(now);
        }
        return effects.taken();
    }

    public List<Effect> on(Event event, Instant now) {
        if (means.notary().alliance().isEmpty()
                && !(event instanceof Event.Due || event instanceof Event.Committed)) {
            unfounded(event);
            return effects.taken();
        }
        switch (event) {
            case Event.Posted(long ticket, Asked asked) -> collecting.posted(ticket, asked, now);
            case Event.Submitted(long ticket, var full) -> submissions.submitted(ticket, full, now);
            case Event.Heard(NodeId agent, ToRelay message) -> heard(agent, message, now);
            case Event.Joined(NodeId agent, long _, List<Sealed> newest) ->
                    joined(agent, newest, now);
            case Event.Left(NodeId agent) -> means.conduct().left(agent);
            case Event.Committed(long size) -> sequencer.committed(size, now);
            case Event.Kept(long size) -> means.promises().kept(size);
            case Event.Due(long ticket, int from, var changes) ->
                    sequencer.due(ticket, from, changes, now);
            case Event.Wished(long ticket, var cancellation, var wish) ->
                    endings.wished(ticket, cancellation, wish, now);
            case Event.Retried(long ticket, long serial) -> retried(ticket, serial, now);
            case Event.Tick() -> tick(now);
        }
        follow(now);
        return effects.taken();
    }

    /// The log has no record 0 yet.
    private void unfounded(Event event) {
        Verdict.Rejected why =
                new Verdict.Rejected(Fault.NOT_FOUND, "the alliance is not founded yet");
        switch (event) {
            case Event.Posted(long ticket, var _) -> effects.add(new Effect.Refuse(ticket, why));
            case Event.Submitted(long ticket, var _) -> effects.add(new Effect.Refuse(ticket, why));
            case Event.Wished(long ticket, var _, var _) ->
                    effects.add(new Effect.Refuse(ticket, why));
            case Event.Retried(long ticket, long _) -> effects.add(new Effect.Refuse(ticket, why));
            case Event.Joined(NodeId agent, long _, var _) -> means.conduct().joined(agent);
            case Event.Left(NodeId agent) -> means.conduct().left(agent);
            case Event.Heard _, Event.Tick _, Event.Committed _, Event.Kept _, Event.Due _ -> {}
        }
    }

    private void heard(NodeId agent, ToRelay message, Instant now) {
        switch (message) {
            case ToRelay.Proposed proposed -> collecting.proposed(agent, proposed, now);
            case ToRelay.Endorsed endorsed -> collecting.endorsed(agent, endorsed, now);
            case ToRelay.Attested attested -> attesting.attested(agent, attested, now);
            case ToRelay.Declined declined -> {
                if (declined.stage() == ToRelay.Stage.ATTEST) {
                    attesting.declined(agent, declined, now);
                } else {
                    collecting.declined(agent, declined, now);
                }
            }
            case ToRelay.Sealing sealing -> seals.sealing(agent, sealing, now);
            case ToRelay.Objected objected ->
                    means.conduct()
                            .disagrees(
                                    agent,
                                    "does not seal beyond serial "
                                            + objected.serial()
                                            + ": "
                                            + Fault.numbered(objected.fault())
                                                    .map(Fault::name)
                                                    .orElse("")
                                            + " "
                                            + objected.detail());
            case ToRelay.Brought brought -> {
                outbox.brought(agent, brought, now);
                remaking.brought(agent, brought, now);
            }
            case ToRelay.Broken broken -> means.breaks().broken(agent, broken);
            case ToRelay.Looked looked -> remaking.looked(agent, looked, now);
            case ToRelay.Observed observed -> outbox.observed(agent, observed, now);
            case ToRelay.Hello _, ToRelay.Elsewhere _ -> {}
        }
    }

    private void joined(NodeId agent, List<Sealed> newest, Instant now) {
        means.conduct().joined(agent);
        if (means.record().agent(agent).isEmpty()) {
            return;
        }
        means.breaks().joined(agent, now);
        seals.joined(agent, newest, now);
        collecting.joined(agent, now);
        outbox.joined(agent, now);
        outbox.tick(now);
    }

    private void retried(long ticket, long serial, Instant now) {
        if (outbox.retry(serial, now)) {
            effects.add(new Effect.Stands(ticket, means.notary().size()));
        } else {
            effects.add(
                    new Effect.Refuse(
                            ticket,
                            new Verdict.Rejected(
                                    Fault.NOT_FOUND, "serial " + serial + " is not on its way")));
        }
    }

    private void tick(Instant now) {
        collecting.tick(now);
        attesting.tick(now);
        endings.tick(now);
        seals.tick(now);
        outbox.tick(now);
        means.breaks().tick(now);
        remaking.tick(now);
        means.tracks().forget(now);
    }

    /// What follows from what the event changed.
    private void follow(Instant now) {
        if (means.notary().alliance().isEmpty()) {
            return;
        }
        if (means.record().epoch() != epoch) {
            epoch = means.record().epoch();
            collecting.epochChanged(now);
            attesting.epochChanged(now);
            outbox.epochChanged(now);
        }
        seals.announce(now);
        followSeal(now);
    }

    private void followSeal(Instant now) {
        if (seals.size() > sealed) {
            sealed = seals.size();
            means.tracks().sealed(sealed);
            endings.sealed(sealed, now);
            outbox.sealed(sealed, now);
            outbox.tick(now);
        }
    }

    public AllianceId id() {
        return means.id();
    }

    /// The fold of the alliance's governance, with what is entered and not yet forced.
    public Optional<Alliance> alliance() {
        return means.notary().alliance();
    }

    /// How many entries there are, with those not yet forced.
    public long size() {
        return means.notary().size();
    }

    /// The attempts at an exchange, the oldest first; empty when it is not known.
    public List<Status> exchange(Digest exchange) {
        return means.tracks().of(exchange).stream().map(this::marked).toList();
    }

    private Status marked(Status status) {
        List<Affected> marks =
                status.serial().isPresent()
                        ? remaking.affected(status.serial().getAsLong())
                        : List.of();
        return marks.isEmpty() ? status : status.marked(marks);
    }

    /// What agents say of final blocks that were replaced.
    public List<ReportedBreak> breaks() {
        return means.breaks().all();
    }

    /// Flows in which nothing is asked for, since a majority says so of one of their chains.
    public List<FlowName> broken() {
        return means.notary().alliance().isEmpty()
                ? List.of()
                : means.alliance().charter().terms().flows().entrySet().stream()
                        .filter(each ->
                                !means.breaks().check(each.getKey(), each.getValue()).isAccepted())
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /// Exchanges that a replaced block affects, the newest first.
    public List<Affected> affected() {
        return remaking.affected();
    }

    /// What was promised to a submission, ordered or not.
    public Optional<SignedPromise> promise(Digest submission) {
        return means.promises().find(submission);
    }

    public List<AgentConduct> agents() {
        return means.notary().alliance().isEmpty()
                ? List.of()
                : means.conduct().of(means.record().agents().stream().map(Agent::id).toList());
    }

    public List<ParkedDelivery> parked() {
        return outbox.parked();
    }

    /// The newest seal of a majority.
    public Optional<Sealed> seal() {
        return seals.newest();
    }

    /// Seals that end an epoch, by their size.
    public SortedMap<Long, Sealed> epochSeals() {
        return seals.ends();
    }

    /// What a request would meet, without asking anybody.
    public DryRun dryRun(Asked asked, Instant now) {
        return DryRun.of(means, collecting, asked, now);
    }

    /// How much is under way, for the operator's numbers.
    public Load load() {
        return new Load(collecting.size(), outbox.size(), outbox.parked().size());
    }

    /// @param collecting requests
    /// @param outbox exchanges sealed and not settled
    /// @param parked deliveries among them whose tries are spent
    public record Load(int collecting, int outbox, int parked) {}
}
