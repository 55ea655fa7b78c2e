package org.entente.relay;

import org.entente.certs.Signer;
import org.entente.endorsement.Candidate;
import org.entente.endorsement.fixture.Story;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.protocol.log.Observations;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Sealed;
import org.entente.protocol.log.Settlement;
import org.entente.registry.SignedChange;
import org.entente.registry.fixture.Contracts;
import org.entente.registry.fixture.Member;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// A desk with the log, the disk and the agents around it. Agents answer honestly unless a test
/// says otherwise.
final class Scene {
    static final Bytes ARGUMENTS = Bytes.utf8("arguments");

    final Story story;
    final List<Effect> done = new ArrayList<>();
    final List<Sealed> keptSeals = new ArrayList<>();
    final TreeSet<NodeId> convicted = new TreeSet<>();
    final List<SignedPromise> promises = new ArrayList<>();
    private final TreeMap<Digest, Candidate> prepared = new TreeMap<>();
    private final TreeMap<NodeId, BiFunction<Member, ToAgent, Optional<ToRelay>>> scripts =
            new TreeMap<>();
    private final TreeSet<NodeId> up = new TreeSet<>();
    private final TreeSet<Digest> missing = new TreeSet<>();
    final Signer relay = Member.freshSigner();
    Desk desk;
    Settlement.End end = Settlement.End.APPLIED;
    int endFault;
    private boolean disk = true;
    private boolean promising = true;
    private long ticket;

    Scene(Story story) {
        this.story = story;
        this.desk = fresh();
        open();
        story.members().forEach(this::join);
    }

    static Scene begun() {
        return new Scene(Story.begun());
    }

    private Desk fresh() {
        return new Desk(
                story.id(),
                relay,
                Story.VERIFIER,
                DeskRules.STANDARD,
                new Surroundings() {
                    @Override
                    public Digest root(long size) {
                        return story.tree(size).root();
                    }

                    @Override
                    public boolean holds(Digest payload) {
                        return !missing.contains(payload);
                    }
                });
    }

    private void open() {
        promises.forEach(desk::promised);
        story.log().forEach(desk::replay);
        perform(desk.opened(List.copyOf(keptSeals), convicted, story.now()));
    }

    /// The process dies and starts again; nobody is connected yet.
    void restart() {
        desk = fresh();
        up.clear();
        open();
    }

    void join(Member member) {
        up.add(member.agent());
        on(new Event.Joined(member.agent(), 1, List.of()));
    }

    void leave(Member member) {
        up.remove(member.agent());
        on(new Event.Left(member.agent()));
    }

    void script(Member member, BiFunction<Member, ToAgent, Optional<ToRelay>> script) {
        scripts.put(member.agent(), script);
    }

    void silent(Member member) {
        script(member, (_, _) -> Optional.empty());
    }

    void honest(Member member) {
        scripts.remove(member.agent());
    }

    void withoutPayload(Digest payload) {
        missing.add(payload);
    }

    /// Nothing is forced from now on, until [#force].
    void holdDisk() {
        disk = false;
    }

    void force() {
        disk = true;
        on(new Event.Committed(story.log().size()));
    }

    /// No promise becomes durable from now on.
    void holdPromises() {
        promising = false;
    }

    void keepPromises() {
        promising = true;
        on(new Event.Kept(promises.size()));
    }

    long on(Event event) {
        perform(desk.on(event, story.now()));
        return ticket;
    }

    /// Asks for what a draft says; agents will propose and endorse exactly it.
    Digest ask(Candidate candidate) {
        prepare(candidate);
        on(new Event.Posted(++ticket, new Asked(candidate.sequence().ask(), ARGUMENTS)));
        return candidate.exchange();
    }

    void prepare(Candidate candidate) {
        prepared.put(candidate.requestDigest(), candidate);
        prepared.put(candidate.proposalDigest(), candidate);
        prepared.put(candidate.submissionDigest(), candidate);
    }

    void submit(Candidate candidate) {
        prepare(candidate);
        on(
                new Event.Submitted(
                        ++ticket, new FullSequence(candidate.sequence(), candidate.evidence())));
    }

    long nextTicket() {
        return ++ticket;
    }

    /// Time passes in small steps.
    void later(Duration time) {
        Duration step = Duration.ofMillis(100);
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(step)) {
            story.later(step);
            on(new Event.Tick());
        }
    }

    /// Brings the next epoch record into the log through the desk.
    ///
    /// @return its serial
    long amend(Contracts next) {
        var proposal = next.proposalAfter(story.record());
        story.world().accept(story.alpha().agentSigned(proposal));
        story.members()
                .forEach(member -> {
                    if (due().isEmpty()) {
                        story.world().vote(proposal, member.byAgent(proposal.subject()));
                    }
                });
        on(new Event.Due(++ticket, story.alliance().changes(), due()));
        return story.log().size() - 1L;
    }

    private List<SignedChange> due() {
        return story.world().registry().owed(story.id(), story.notary().alliance());
    }

    Status status(Digest exchange) {
        return desk.exchange(exchange).getLast();
    }

    List<Status.State> states(Digest exchange) {
        return effects(Effect.Moved.class).stream()
                .map(Effect.Moved::status)
                .filter(status -> status.exchange().equals(exchange))
                .map(Status::state)
                .toList();
    }

    <T extends Effect> List<T> effects(Class<T> kind) {
        return done.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends ToAgent> List<T> told(Member member, Class<T> kind) {
        return effects(Effect.Send.class).stream()
                .filter(send -> send.agent().equals(member.agent()))
                .map(Effect.Send::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    AgentConduct conduct(Member member) {
        return desk.agents().stream()
                .filter(each -> each.agent().equals(member.agent()))
                .findFirst()
                .orElseThrow();
    }

    private void perform(List<Effect> effects) {
        ArrayDeque<Effect> queue = new ArrayDeque<>(effects);
        while (!queue.isEmpty()) {
            Effect effect = queue.pollFirst();
            done.add(effect);
            boolean appended = effect instanceof Effect.Append;
            switch (effect) {
                case Effect.Append(var record) -> story.append(record);
                case Effect.Promise(var _, SignedPromise promise) -> {
                    promises.add(promise);
                    if (promising) {
                        queue.addAll(desk.on(new Event.Kept(promises.size()), story.now()));
                    }
                }
                case Effect.KeepSeal(Sealed sealed, var _) -> keptSeals.add(sealed);
                case Effect.Convict convict -> convicted.add(convict.agent());
                case Effect.Send(NodeId agent, ToAgent message) ->
                        answer(agent, message)
                                .ifPresent(answer ->
                                        queue.addAll(
                                                desk.on(
                                                        new Event.Heard(agent, answer),
                                                        story.now())));
                default -> {}
            }
            if (appended && disk && queue.stream().noneMatch(Effect.Append.class::isInstance)) {
                queue.addAll(desk.on(new Event.Committed(story.log().size()), story.now()));
            }
        }
    }

    private Optional<ToRelay> answer(NodeId agent, ToAgent message) {
        if (!up.contains(agent)) {
            return Optional.empty();
        }
        Member member =
                story.members().stream()
                        .filter(each -> each.agent().equals(agent))
                        .findFirst()
                        .orElseThrow();
        return scripts.getOrDefault(agent, this::honestly).apply(member, message);
    }

    /// What an honest agent answers at once.
    Optional<ToRelay> honestly(Member member, ToAgent message) {
        return switch (message) {
            case ToAgent.Propose(var ask, var _) ->
                    candidate(Request.FORMAT.digest(ask.request()))
                            .map(candidate -> proposed(candidate));
            case ToAgent.Endorse endorse ->
                    candidate(Proposal.FORMAT.digest(endorse.sequence().proposal()))
                            .flatMap(candidate -> endorsed(member, candidate));
            case ToAgent.Attest attest ->
                    candidate(attest.submission())
                            .flatMap(candidate ->
                                    candidate.evidence().attestations().stream()
                                            .filter(each ->
                                                    each.vouch().agent().equals(member.agent()))
                                            .findFirst()
                                            .map(each ->
                                                    new ToRelay.Attested(
                                                            story.id(),
                                                            attest.submission(),
                                                            each)));
            case ToAgent.Grown grown -> Optional.of(sealing(member, grown.size()));
            case ToAgent.Bring bring ->
                    Optional.of(new ToRelay.Brought(story.id(), bring.serial(), 0, ""));
            case ToAgent.Observe observe -> Optional.of(observed(member, observe.serial()));
            case ToAgent.BringAgain again ->
                    Optional.of(new ToRelay.Brought(story.id(), again.serial(), 0, ""));
            case ToAgent.Look(var settlement) ->
                    Optional.of(
                            new ToRelay.Looked(
                                    story.id(), settlement.serial(), ToRelay.Found.SAME));
            case ToAgent.Certified _, ToAgent.Elsewhere _ -> Optional.empty();
        };
    }

    private Optional<Candidate> candidate(Digest digest) {
        return Optional.ofNullable(prepared.get(digest));
    }

    ToRelay proposed(Candidate candidate) {
        return new ToRelay.Proposed(
                story.id(),
                candidate.proposal(),
                candidate.sequence().proposerSignature(),
                candidate.evidence().readSet(),
                candidate.evidence().writeSet());
    }

    Optional<ToRelay> endorsed(Member member, Candidate candidate) {
        return candidate.evidence().endorsements().stream()
                .filter(vouch -> vouch.agent().equals(member.agent()))
                .findFirst()
                .map(vouch -> new ToRelay.Endorsed(story.id(), candidate.proposalDigest(), vouch));
    }

    ToRelay sealing(Member member, long size) {
        Seal seal = story.sealed(size, List.of()).seal();
        return new ToRelay.Sealing(seal, member.agentKey().sign(Seal.FORMAT.digest(seal)));
    }

    ToRelay observed(Member member, long serial) {
        return observed(member, story.settlement(serial, end, endFault));
    }

    ToRelay observed(Member member, Settlement settlement) {
        Observations all =
                Observations.FORMAT
                        .decode(story.settled(settlement, List.of(member)).evidence())
                        .orThrow();
        return new ToRelay.Observed(settlement, all.vouches().getFirst());
    }
}
