package org.entente.endorsement;

import org.entente.certs.Moment;
import org.entente.certs.Verifier;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Moved;
import org.entente.protocol.exchange.Place;
import org.entente.protocol.exchange.Read;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Version;
import org.entente.protocol.exchange.Write;
import org.entente.registry.Alliance;
import org.entente.registry.EpochRecord;
import org.entente.registry.NodeContractListing;
import org.entente.registry.contract.Condition;
import org.entente.registry.contract.Flow;
import org.entente.registry.contract.NodeContract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The full-sequence check (protocol.md §7): every signature of a submission, and its place in the
/// order of all. The first rule that fails is the fault, the same on every machine.
///
/// @param alliance as its log says up to the entry before
/// @param book what that log says of exchanges, up to the entry before
public record SequenceCheck(Alliance alliance, ExchangeBook book, Verifier verifier) {

    /// @param at the entry's serial and time
    public Ruling rule(Candidate candidate, Moment at) {
        RequestCheck requests = new RequestCheck(alliance, verifier);
        Verdict timely = requests.timely(candidate.request(), at);
        if (!timely.isAccepted()) {
            return Ruling.of(timely);
        }
        Optional<Ruling> obstacle = attempt(candidate);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        Verdict verdict =
                requests.inForce(candidate.request(), at)
                        .and(() -> flow(candidate, requests, at))
                        .and(() -> proposer(candidate))
                        .and(() -> endorsed(candidate));
        return verdict.isAccepted() ? versions(candidate) : Ruling.of(verdict);
    }

    private Optional<Ruling> attempt(Candidate candidate) {
        Optional<ExchangeBook.Ordered> ordered = book.ordered(candidate.requestDigest());
        if (ordered.isPresent()) {
            ExchangeBook.Ordered first = ordered.get();
            return Optional.of(
                    Ruling.after(
                            first.serial(),
                            first.fault() == 0
                                    ? Fault.STALE_READ
                                    : Fault.numbered(first.fault()).orElseThrow(),
                            "the same request"));
        }
        return book.obstacle(candidate.exchange(), candidate.request().attempt());
    }

    private Verdict flow(Candidate candidate, RequestCheck requests, Moment at) {
        Request request = candidate.request();
        return requests.runs(request)
                .and(() -> resources(candidate, requests.flow(request)))
                .and(() -> requests.requester(request, candidate.certificate(), at))
                .and(() -> singleUse(candidate, requests.flow(request)))
                .and(() -> condition(candidate, requests.flow(request), at));
    }

    private static Verdict resources(Candidate candidate, Flow flow) {
        List<Read> reads = candidate.evidence().readSet().reads();
        List<Write> writes = candidate.evidence().writeSet().writes();
        Reach reach = new Reach(flow);
        for (Read read : reads) {
            if (!reach.mayRead(read.place())) {
                return outside(read.place());
            }
        }
        List<Place> read = reads.stream().map(Read::place).toList();
        long size = 0;
        for (Write write : writes) {
            if (!reach.mayWrite(write.place())) {
                return outside(write.place());
            }
            if (!read.contains(write.place())) {
                return Verdict.rejected(Fault.BLIND_WRITE, Reach.words(write.place()));
            }
            size += write.sizeBytes();
        }
        if (writes.isEmpty()) {
            return Verdict.rejected(Fault.BLIND_WRITE, "nothing is written");
        }
        return size > flow.limits().payloadBytesMax()
                ? Verdict.rejected(
                        Fault.TOO_LARGE,
                        size + " bytes where the flow allows " + flow.limits().payloadBytesMax())
                : Verdict.accepted();
    }

    private static Verdict outside(Place place) {
        return Verdict.rejected(Fault.RESOURCE_OUTSIDE, Reach.words(place));
    }

    private Verdict singleUse(Candidate candidate, Flow flow) {
        Optional<Digest> user = book.userOf(candidate.request().certificate());
        return flow.has(Flow.Option.SINGLE_USE)
                        && user.isPresent()
                        && !user.get().equals(candidate.requestDigest())
                ? Verdict.rejected(
                        Fault.CERTIFICATE_USED,
                        candidate.certificate() + " signed the request " + user.get())
                : Verdict.accepted();
    }

    private static Verdict condition(Candidate candidate, Flow flow, Moment at) {
        Optional<Condition> condition = flow.condition();
        if (condition.isEmpty()) {
            return Verdict.accepted();
        }
        Parsed<Boolean> answer = condition.get().evaluate(CandidateFacts.of(candidate, at.time()));
        return switch (answer) {
            case Parsed.Refused<Boolean>(Verdict.Rejected why) -> why;
            case Parsed.Value<Boolean>(Boolean holds) ->
                    holds
                            ? Verdict.accepted()
                            : Verdict.rejected(Fault.CONDITION_FALSE, condition.get().text());
        };
    }

    private Verdict proposer(Candidate candidate) {
        NodeContract contract = nodeContract(candidate);
        NodeId proposer = candidate.proposal().proposer();
        if (!candidate.proposal().nodeContract().equals(contract.digest())) {
            return Verdict.rejected(
                    Fault.UNBOUND, "the proposal is of another node contract than the epoch's");
        }
        if (!contract.hosts().contains(proposer)) {
            return Verdict.rejected(Fault.NOT_A_HOST, proposer.toString());
        }
        VerifyingKey key = record().agent(proposer).orElseThrow().key();
        return verifier.verify(
                        key, candidate.proposalDigest(), candidate.sequence().proposerSignature())
                ? Verdict.accepted()
                : Verdict.rejected(Fault.BAD_SIGNATURE, proposer + " did not sign the proposal");
    }

    private Verdict endorsed(Candidate candidate) {
        return panel(candidate)
                .vouched(
                        BatchRoot.ENDORSEMENT,
                        candidate.proposalDigest(),
                        candidate.evidence().endorsements(),
                        verifier);
    }

    private Ruling versions(Candidate candidate) {
        Flow flow = alliance.charter().terms().flow(candidate.flow()).orElseThrow();
        Ruling own =
                switch (flow.readCheck()) {
                    case ATTESTED ->
                            new AttestedVersions(panel(candidate), verifier).rule(candidate);
                    case SNAPSHOT -> unattested(candidate);
                };
        if (!own.isValid()) {
            return own;
        }
        List<Place> written =
                candidate.evidence().writeSet().writes().stream().map(Write::place).toList();
        List<Moved> moved = new ArrayList<>();
        for (Read read : candidate.evidence().readSet().reads()) {
            if (!read.place().isOwn()) {
                Version found =
                        written.contains(read.place())
                                ? book.newest(read.place())
                                : book.newestApplied(read.place());
                if (!found.equals(read.version())) {
                    moved.add(new Moved(read.place(), read.version(), found));
                }
            }
        }
        return moved.isEmpty() ? Ruling.VALID : Ruling.stale(moved);
    }

    /// Nobody is asked to attest a snapshot, and what nobody verifies has no place in the evidence.
    private static Ruling unattested(Candidate candidate) {
        return candidate.evidence().attestations().stream()
                .findFirst()
                .map(first ->
                        Ruling.of(
                                Verdict.rejected(
                                        Fault.NOT_A_SIGNER,
                                        "attestation number 0: "
                                                + first.vouch().agent()
                                                + " is not asked, the flow reads a snapshot")))
                .orElse(Ruling.VALID);
    }

    private Panel panel(Candidate candidate) {
        NodeContractListing listing = record().nodeContract(candidate.flow()).orElseThrow();
        return Panel.endorsers(record(), listing);
    }

    private NodeContract nodeContract(Candidate candidate) {
        NodeContract contract = alliance.charter().terms().nodeContracts().get(candidate.flow());
        if (contract == null) {
            throw new IllegalStateException("a flow without node contract: " + candidate.flow());
        }
        return contract;
    }

    private EpochRecord record() {
        return alliance.charter().record();
    }
}
