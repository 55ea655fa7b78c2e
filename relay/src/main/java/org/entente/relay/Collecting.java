package org.entente.relay;

import org.entente.certs.Moment;
import org.entente.endorsement.Candidate;
import org.entente.endorsement.Panel;
import org.entente.endorsement.RequestCheck;
import org.entente.endorsement.Ruling;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.FlowName;
import org.entente.registry.contract.NodeContract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Brings requests to hosts and proposals to endorsers, until enough of them vouch for one
/// (protocol.md §6.3).
///
/// Silence, a bad signature, a disagreement is recorded against its agent and fails nothing by
/// itself; only too little weight does.
final class Collecting {
    private final Means means;
    private final Attesting attesting;
    private final Rates rates = new Rates();
    private final TreeMap<Digest, Collection> byRequest = new TreeMap<>();
    private final TreeMap<Digest, Collection> byProposal = new TreeMap<>();
    private final TreeMap<OrganisationId, Integer> counts = new TreeMap<>();

    Collecting(Means means, Attesting attesting) {
        this.means = means;
        this.attesting = attesting;
    }

    /// By what the same bytes are known again.
    static Digest asked(Ask ask) {
        return Ask.FORMAT.digest(ask);
    }

    int size() {
        return byRequest.size();
    }

    void posted(long ticket, Asked asked, Instant now) {
        Request request = asked.ask().request();
        Digest exchange = ExchangeName.FORMAT.digest(request.exchange());
        Optional<Track> known = means.tracks().find(exchange, request.attempt());
        if (known.isPresent()) {
            again(ticket, known.get(), asked(asked.ask()));
            return;
        }
        FlowName name = new FlowName(request.contract(), request.flow());
        Verdict verdict =
                room(request.organisation())
                        .and(() -> admitted(asked.ask(), exchange, now))
                        .and(() -> rates.take(name, means.flow(name).orElseThrow(), now));
        if (verdict instanceof Verdict.Rejected why) {
            refuse(ticket, why, name, now);
            return;
        }
        Digest digest = Request.FORMAT.digest(request);
        Track track =
                means.tracks()
                        .begin(
                                Status.asked(
                                        means.id(),
                                        exchange,
                                        name,
                                        request.attempt(),
                                        digest,
                                        request.arguments(),
                                        asked(asked.ask())),
                                now);
        means.effects().add(new Effect.Answer(ticket, track.status()));
        means.effects().add(new Effect.Moved(track.status()));
        begin(track, asked, digest, now);
    }

    /// The same bytes get the same answer, other bytes under the same attempt none.
    private void again(long ticket, Track known, Digest asked) {
        means.effects()
                .add(
                        known.status().asked().equals(asked)
                                ? new Effect.Answer(ticket, known.status())
                                : new Effect.Refuse(
                                        ticket,
                                        new Verdict.Rejected(
                                                Fault.ATTEMPT_REUSED,
                                                "attempt "
                                                        + known.status().attempt()
                                                        + " was asked with other bytes")));
    }

    private Verdict room(OrganisationId organisation) {
        int count = counts.getOrDefault(organisation, 0);
        return byRequest.size() >= means.rules().collectingMax()
                        || count >= means.rules().collectingMaxEach()
                ? Verdict.rejected(
                        Fault.OVERLOADED,
                        byRequest.size()
                                + " requests are being collected, "
                                + count
                                + " of them of "
                                + organisation)
                : Verdict.accepted();
    }

    /// What is checked before anything is asked of an agent.
    Verdict admitted(Ask ask, Digest exchange, Instant now) {
        return new RequestCheck(means.alliance(), means.verifier())
                .admission(ask, new Moment(means.notary().size(), means.entryTime(now)))
                .and(() ->
                        means.notary()
                                .book()
                                .obstacle(exchange, ask.request().attempt())
                                .map(Ruling::verdict)
                                .orElseGet(Verdict::accepted))
                .and(() -> unbroken(new FlowName(ask.request().contract(), ask.request().flow())));
    }

    /// Whether the final blocks of the flow's chains stand, as its endorsers say.
    Verdict unbroken(FlowName name) {
        return means.flow(name)
                .map(flow -> means.breaks().check(name, flow))
                .orElseGet(Verdict::accepted);
    }

    /// With the time to wait, where the flow has taken all that it takes in an hour.
    void refuse(long ticket, Verdict.Rejected why, FlowName name, Instant now) {
        Optional<Duration> again =
                why.fault() == Fault.RATE_LIMITED ? rates.again(name, now) : Optional.empty();
        means.effects().add(new Effect.Refuse(ticket, why, again));
    }

    /// Admission of a submission: the flow's rate counts for it too.
    Verdict rate(FlowName name, Flow flow, Instant now) {
        return rates.take(name, flow, now);
    }

    private void begin(Track track, Asked asked, Digest request, Instant now) {
        FlowName name = track.status().flow();
        NodeContract contract = means.nodeContract(name).orElseThrow();
        Panel panel =
                Panel.endorsers(means.record(), means.record().nodeContract(name).orElseThrow());
        Collection collection =
                new Collection(
                        track,
                        asked,
                        request,
                        contract,
                        panel,
                        now.plus(means.rules().proposing()));
        byRequest.put(request, collection);
        counts.merge(asked.ask().request().organisation(), 1, Integer::sum);
        askHost(collection, now);
    }

    /// Asks the next host; when none can be asked, waits for one to come until the deadline, and
    /// ends.
    private void askHost(Collection collection, Instant now) {
        Optional<NodeId> next = collection.next(means.conduct());
        if (next.isPresent()) {
            collection.asks(next.get(), now.plus(means.rules().proposing()));
            means.send(next.get(), propose(collection));
        } else if (collection.isAnyTried() || collection.isDue(now)) {
            collection.untried().forEach(node -> collection.silent(node, "is not connected"));
            fail(collection, collection.failure(Fault.NO_PROPOSAL), now);
        }
    }

    private static ToAgent propose(Collection collection) {
        return new ToAgent.Propose(collection.asked().ask(), collection.arguments());
    }

    void proposed(NodeId from, ToRelay.Proposed proposed, Instant now) {
        Collection collection = byRequest.get(proposed.proposal().request());
        if (collection == null) {
            return;
        }
        switch (candidate(from, collection, proposed)) {
            case Parsed.Refused<Candidate>(Verdict.Rejected why) -> {
                means.conduct().faulty(from, "proposed what does not hold: " + why);
                if (collection.host().equals(Optional.of(from)) && collection.current().isEmpty()) {
                    collection.answered(from, "proposed what does not hold: " + why);
                    askHost(collection, now);
                }
            }
            case Parsed.Value<Candidate>(Candidate candidate) ->
                    proposed(from, collection, new Ballot(proposed, candidate), now);
        }
    }

    private Parsed<Candidate> candidate(
            NodeId from, Collection collection, ToRelay.Proposed proposed) {
        if (!from.equals(proposed.proposal().proposer()) || !collection.isTried(from)) {
            return Parsed.refused(Fault.NOT_A_HOST, from + " was not asked for this proposal");
        }
        if (!proposed.proposal().nodeContract().equals(collection.contract().digest())) {
            return Parsed.refused(Fault.UNBOUND, "it is of another node contract");
        }
        Sequence sequence =
                new Sequence(collection.asked().ask(), proposed.proposal(), proposed.signature());
        Evidence evidence =
                new Evidence(proposed.readSet(), proposed.writeSet(), List.of(), List.of());
        return Candidate.of(sequence, evidence)
                .then(candidate -> {
                    Verdict verdict = signed(from, candidate).and(() -> stored(candidate));
                    return verdict instanceof Verdict.Rejected why
                            ? new Parsed.Refused<>(why)
                            : Parsed.of(candidate);
                });
    }

    private Verdict signed(NodeId from, Candidate candidate) {
        return means.verifier()
                        .verify(
                                means.record().agent(from).orElseThrow().key(),
                                candidate.proposalDigest(),
                                candidate.sequence().proposerSignature())
                ? Verdict.accepted()
                : Verdict.rejected(Fault.BAD_SIGNATURE, from + " did not sign the proposal");
    }

    /// Whether the values that it writes are among the payloads.
    Verdict stored(Candidate candidate) {
        return candidate.evidence().writeSet().writes().stream()
                .filter(write -> !means.surroundings().holds(write.value()))
                .findFirst()
                .<Verdict>map(write ->
                        Verdict.rejected(
                                Fault.UNBOUND, "no payload has the digest " + write.value()))
                .orElseGet(Verdict::accepted);
    }

    private void proposed(NodeId from, Collection collection, Ballot ballot, Instant now) {
        Digest proposal = ballot.candidate().proposalDigest();
        if (collection.ballots().containsKey(proposal)) {
            return;
        }
        Optional<Ballot> other =
                collection.ballots().values().stream()
                        .filter(each -> each.proposed().proposal().proposer().equals(from))
                        .findFirst();
        if (other.isPresent()) {
            means.conduct()
                    .equivocates(
                            from,
                            collection.request(),
                            ToRelay.FORMAT.encode(other.get().proposed()),
                            ToRelay.FORMAT.encode(ballot.proposed()));
            return;
        }
        if (collection.isAnyEndorsed()) {
            return;
        }
        collection.answered(from, "proposed");
        collection.votes(ballot, now.plus(means.rules().endorsing()));
        byProposal.put(proposal, collection);
        means.tracks()
                .move(collection.track(), collection.track().status().in(Status.State.PROPOSED));
        means.send(collection.panel().weights().keySet(), endorse(collection, ballot));
        ifOutOfReach(collection, now);
    }

    private static ToAgent endorse(Collection collection, Ballot ballot) {
        return new ToAgent.Endorse(
                ballot.candidate().sequence(),
                collection.arguments(),
                ballot.candidate().evidence().readSet(),
                ballot.candidate().evidence().writeSet());
    }

    void endorsed(NodeId from, ToRelay.Endorsed endorsed, Instant now) {
        Collection collection = byProposal.get(endorsed.proposal());
        if (collection == null) {
            return;
        }
        Ballot ballot = collection.ballot(endorsed.proposal()).orElseThrow();
        Vouch vouch = endorsed.vouch();
        Verdict verdict =
                vouch.agent().equals(from)
                        ? collection
                                .panel()
                                .holds(
                                        BatchRoot.ENDORSEMENT,
                                        endorsed.proposal(),
                                        vouch,
                                        means.verifier())
                        : Verdict.rejected(Fault.UNBOUND, "it vouches for " + vouch.agent());
        if (verdict instanceof Verdict.Rejected why) {
            means.conduct().faulty(from, "endorsed with what does not hold: " + why);
            collection.answered(from, "endorsed with what does not hold: " + why);
            ballot.declined(from);
            ifOutOfReach(collection, now);
            return;
        }
        if (equivocates(from, collection, endorsed)) {
            ifOutOfReach(collection, now);
            return;
        }
        collection.answered(from, "endorsed");
        ballot.vouched(vouch);
        if (collection.panel().isPassedBy(ballot.weight(collection.panel()))) {
            complete(collection, ballot, now);
        } else {
            ifOutOfReach(collection, now);
        }
    }

    /// Whether the agent vouched for another proposal of the same request; then for none of them.
    private boolean equivocates(NodeId from, Collection collection, ToRelay.Endorsed endorsed) {
        for (var other : collection.ballots().entrySet()) {
            Vouch earlier = other.getValue().vouches().get(from);
            if (earlier != null && !other.getKey().equals(endorsed.proposal())) {
                means.conduct()
                        .equivocates(
                                from,
                                collection.request(),
                                ToRelay.FORMAT.encode(
                                        new ToRelay.Endorsed(means.id(), other.getKey(), earlier)),
                                ToRelay.FORMAT.encode(endorsed));
                collection.answered(from, "endorsed two proposals");
                other.getValue().vouches().remove(from);
                collection.ballots().values().forEach(ballot -> ballot.declined(from));
                return true;
            }
        }
        return false;
    }

    void declined(NodeId from, ToRelay.Declined declined, Instant now) {
        Fault fault = Fault.numbered(declined.fault()).orElse(Fault.INVALID_VALUE);
        Verdict.Rejected why = new Verdict.Rejected(fault, declined.detail());
        if (declined.stage() == ToRelay.Stage.PROPOSE) {
            Collection collection = byRequest.get(declined.about());
            if (collection != null
                    && collection.host().equals(Optional.of(from))
                    && collection.current().isEmpty()) {
                collection.declined(from, why);
                askHost(collection, now);
            }
            return;
        }
        Collection collection = byProposal.get(declined.about());
        if (collection == null) {
            // The others were enough; that it did not is worth seeing all the same.
            means.record()
                    .agent(from)
                    .ifPresent(_ ->
                            means.conduct().disagrees(from, "would not have endorsed: " + why));
        }
        if (collection != null && collection.panel().weights().containsKey(from)) {
            means.conduct().disagrees(from, "did not endorse: " + why);
            collection.declined(from, why);
            collection.ballot(declined.about()).orElseThrow().declined(from);
            ifOutOfReach(collection, now);
        }
    }

    private void ifOutOfReach(Collection collection, Instant now) {
        boolean reachable =
                collection
                        .current()
                        .map(ballot ->
                                collection
                                        .panel()
                                        .isPassedBy(
                                                ballot.weightMax(
                                                        collection.panel(), means.conduct())))
                        .orElse(true);
        if (!reachable) {
            exhausted(collection, now);
        }
    }

    /// The next host is asked only while no endorser has signed.
    private void exhausted(Collection collection, Instant now) {
        if (!collection.isAnyEndorsed() && collection.next(means.conduct()).isPresent()) {
            askHost(collection, now);
        } else {
            fail(collection, collection.failure(Fault.QUORUM_MISSED), now);
        }
    }

    private void complete(Collection collection, Ballot ballot, Instant now) {
        remove(collection);
        Track track = collection.track();
        means.tracks().move(track, track.status().in(Status.State.ENDORSED));
        attesting.enter(
                track,
                ballot.candidate().with(List.copyOf(ballot.vouches().values()), List.of()),
                OptionalLong.empty(),
                now);
    }

    private void fail(Collection collection, Verdict.Rejected why, Instant now) {
        remove(collection);
        means.tracks().fail(collection.track(), why, now, means.rules().remembering());
    }

    private void remove(Collection collection) {
        byRequest.remove(collection.request());
        collection.ballots().keySet().forEach(proposal -> byProposal.remove(proposal));
        counts.merge(
                collection.asked().ask().request().organisation(),
                -1,
                (had, less) -> had + less == 0 ? null : had + less);
    }

    /// Says again what it was asked to who has come back.
    void joined(NodeId agent, Instant now) {
        for (Collection collection : List.copyOf(byRequest.values())) {
            Optional<Ballot> ballot = collection.current();
            if (ballot.isPresent()) {
                if (collection.panel().weights().containsKey(agent)
                        && !ballot.get().isAnsweredBy(agent)) {
                    means.send(agent, endorse(collection, ballot.get()));
                }
            } else if (collection.host().equals(Optional.of(agent))) {
                means.send(agent, propose(collection));
            } else if (collection.host().isEmpty()) {
                askHost(collection, now);
            }
        }
    }

    void tick(Instant now) {
        for (Collection collection : List.copyOf(byRequest.values())) {
            if (collection.isDue(now)) {
                overdue(collection, now);
            }
        }
    }

    private void overdue(Collection collection, Instant now) {
        Optional<Ballot> ballot = collection.current();
        if (ballot.isPresent()) {
            for (NodeId agent : ballot.get().silent(collection.panel())) {
                silent(collection, agent, "did not answer whether it endorses");
            }
            exhausted(collection, now);
        } else {
            collection
                    .host()
                    .ifPresent(host -> silent(collection, host, "did not propose in time"));
            askHost(collection, now);
        }
    }

    private void silent(Collection collection, NodeId agent, String words) {
        means.conduct().silent(agent, words);
        collection.silent(agent, words);
    }

    /// What was asked for under the epoch before cannot hold any more.
    void epochChanged(Instant now) {
        Verdict.Rejected why =
                new Verdict.Rejected(
                        Fault.EPOCH_CHANGED,
                        "epoch " + means.record().epoch() + " began while it was collected");
        for (Collection collection : List.copyOf(byRequest.values())) {
            fail(collection, why, now);
        }
    }
}
