package org.entente.agent;

import org.entente.certs.Moment;
import org.entente.endorsement.RequestCheck;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.exchange.WriteSet;
import org.entente.protocol.link.ToAgent;
import org.entente.protocol.link.ToRelay;
import org.entente.registry.Agent;
import org.entente.registry.Alliance;
import org.entente.registry.EpochRecord;
import org.entente.registry.contract.FlowName;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/// Endorses: runs the same node contract itself and vouches for a proposal that says the same byte
/// for byte; at most one for each request, ever (protocol.md §6.1).
///
/// A log or a chain that is a little behind the host's is waited for, up to a second.
final class Endorsing {
    private static final Duration WAIT_MAX = Duration.ofSeconds(1);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);

    private final Bench bench;
    private final Outbox outbox;
    private final Breaks breaks;

    /// Proposals that are being compared, by their digest.
    private final TreeMap<Digest, Case> cases = new TreeMap<>();

    /// One proposal that is being compared.
    private record Case(ToAgent.Endorse asked, Digest request, Digest proposal, Instant until) {
        Ask ask() {
            return asked.sequence().ask();
        }
    }

    Endorsing(Bench bench, Outbox outbox, Breaks breaks) {
        this.bench = bench;
        this.outbox = outbox;
        this.breaks = breaks;
    }

    void endorse(ToAgent.Endorse asked) {
        Sequence sequence = asked.sequence();
        Case fresh =
                new Case(
                        asked,
                        Request.FORMAT.digest(sequence.ask().request()),
                        Proposal.FORMAT.digest(sequence.proposal()),
                        bench.now().plus(WAIT_MAX));
        if (cases.containsKey(fresh.proposal)) {
            return;
        }
        Optional<Decision.Endorsed> before = bench.memory().endorsed(fresh.request);
        if (before.isPresent()) {
            again(fresh, before.get());
            return;
        }
        if (bench.isStopped() || outbox.isFull() || bench.asked() >= Seat.QUESTION_COUNT_MAX) {
            decline(fresh, Verdict.rejected(Fault.OVERLOADED, "too much is under way here"));
            return;
        }
        cases.put(fresh.proposal, fresh);
        consider(fresh);
    }

    private void again(Case asked, Decision.Endorsed before) {
        if (before.proposal().equals(asked.proposal)) {
            vouch(asked);
        } else {
            decline(
                    asked,
                    Verdict.rejected(
                            Fault.DISAGREEMENT,
                            "the proposal "
                                    + before.proposal()
                                    + " is endorsed for this request already"));
        }
    }

    private void consider(Case it) {
        if (isBehind(it.asked.readSet())) {
            if (bench.now().isBefore(it.until)) {
                bench.later(Duration.ofMillis(20), () -> consider(it));
            } else {
                end(it, Verdict.rejected(Fault.NOT_YET, "the log is followed to " + size()));
            }
            return;
        }
        switch (run(it)) {
            case Parsed.Refused<Run>(Verdict.Rejected why) -> end(it, why);
            case Parsed.Value<Run>(Run run) -> {
                if (isOwn(it)) {
                    decide(it);
                } else {
                    bench.ask(run.question(), answer -> compare(it, run, answer));
                }
            }
        }
    }

    /// A host need not run again what it proposed itself.
    private boolean isOwn(Case it) {
        return bench.memory()
                .proposed(it.request)
                .filter(ours -> ours.proposal().equals(it.asked.sequence().proposal()))
                .isPresent();
    }

    private long size() {
        return bench.notary().size();
    }

    /// Whether the proposal names serials that the log does not have here.
    private boolean isBehind(ReadSet reads) {
        return bench.notary().alliance().isEmpty()
                || reads.reads().stream()
                        .filter(read -> !read.place().isOwn())
                        .map(Read::version)
                        .anyMatch(this::isAhead);
    }

    private boolean isAhead(Version version) {
        return version instanceof Version.Present(Bytes bytes)
                && bytes.size() == Long.BYTES
                && bytes.asBuffer().getLong() >= size();
    }

    private Parsed<Run> run(Case it) {
        Alliance alliance = bench.notary().alliance().orElseThrow();
        Verdict verdict =
                new RequestCheck(alliance, bench.verifier())
                        .admission(it.ask(), Moment.now(bench.now()))
                        .and(() -> bound(it))
                        .and(() -> asked(it, alliance.charter().record()));
        if (verdict instanceof Verdict.Rejected why) {
            return new Parsed.Refused<>(why);
        }
        return Run.of(alliance, it.ask().request(), it.asked.arguments())
                .then(run ->
                        proposer(it, run, alliance.charter().record())
                                        instanceof Verdict.Rejected why
                                ? new Parsed.Refused<>(why)
                                : Parsed.of(run))
                .then(breaks::seen);
    }

    private static Verdict bound(Case it) {
        Proposal proposal = it.asked.sequence().proposal();
        return proposal.request().equals(it.request)
                        && proposal.readSet().equals(ReadSet.FORMAT.digest(it.asked.readSet()))
                        && proposal.writeSet().equals(WriteSet.FORMAT.digest(it.asked.writeSet()))
                ? Verdict.accepted()
                : Verdict.rejected(Fault.UNBOUND, "the proposal is not of these parts");
    }

    private Verdict asked(Case it, EpochRecord record) {
        Request request = it.ask().request();
        FlowName flow = new FlowName(request.contract(), request.flow());
        boolean listed =
                bench.belongs(record)
                        && record.nodeContract(flow)
                                .filter(contract ->
                                        contract.weight(bench.self().node()).isPresent())
                                .isPresent();
        return listed
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.NOT_A_SIGNER, bench.self().node() + " does not endorse " + flow);
    }

    private Verdict proposer(Case it, Run run, EpochRecord record) {
        Proposal proposal = it.asked.sequence().proposal();
        Optional<Agent> host = record.agent(proposal.proposer());
        if (!run.contract().hosts().contains(proposal.proposer()) || host.isEmpty()) {
            return Verdict.rejected(Fault.NOT_A_HOST, proposal.proposer().toString());
        }
        return bench.verifier()
                        .verify(
                                host.get().key(),
                                it.proposal,
                                it.asked.sequence().proposerSignature())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_SIGNATURE, proposal.proposer() + " did not sign the proposal");
    }

    private void compare(Case it, Run run, Answer answer) {
        switch (run.executed(answer, bench.notary().book())) {
            case Parsed.Refused<Executed>(Verdict.Rejected why) -> end(it, why);
            case Parsed.Value<Executed>(Executed executed) -> {
                Verdict same = Difference.between(it.asked, executed);
                if (same instanceof Verdict.Rejected why) {
                    differs(it, why);
                } else {
                    decide(it);
                }
            }
        }
    }

    /// A chain's node may be a little behind the host's.
    private void differs(Case it, Verdict.Rejected why) {
        if (bench.now().plus(AGAIN_AFTER).isBefore(it.until)) {
            bench.later(AGAIN_AFTER, () -> consider(it));
        } else {
            end(it, why);
        }
    }

    private void decide(Case it) {
        cases.remove(it.proposal);
        Request request = it.ask().request();
        long epoch = bench.notary().alliance().orElseThrow().charter().record().epoch();
        Optional<Decision.Endorsed> before = bench.memory().endorsed(it.request);
        if (before.isPresent()) {
            again(it, before.get());
        } else if (request.epoch() != epoch) {
            decline(it, Verdict.rejected(Fault.EPOCH_CHANGED, "epoch " + epoch + " is in force"));
        } else {
            outbox.decide(new Decision.Endorsed(it.request, it.proposal, request.notAfter()));
            vouch(it);
        }
    }

    private void vouch(Case it) {
        outbox.vouch(
                Outbox.Kind.ENDORSEMENT,
                it.proposal,
                vouch -> new ToRelay.Endorsed(bench.alliance(), it.proposal, vouch));
    }

    private void end(Case it, Verdict.Rejected why) {
        cases.remove(it.proposal);
        decline(it, why);
    }

    private void decline(Case it, Verdict.Rejected why) {
        bench.decline(ToRelay.Stage.ENDORSE, it.proposal, why);
    }
}
