package org.entente.endorsement;

import org.entente.certs.Certificate;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.exchange.Ask;
import org.entente.protocol.exchange.Attestation;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.ExchangeName;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.exchange.WriteSet;
import org.entente.registry.contract.FlowName;

import java.util.List;

/// A submission whose parts belong together: each digest in it is that of the part it stands for.
/// Says nothing yet about signatures, rules and weight. The digests are computed once, here.
///
/// @param requestDigest of the request
/// @param proposalDigest of the proposal
/// @param submissionDigest of the submission, as its entry has it
/// @param exchange the digest of the exchange's name
public record Candidate(
        Sequence sequence,
        Evidence evidence,
        Certificate certificate,
        Digest requestDigest,
        Digest proposalDigest,
        Digest submissionDigest,
        Digest exchange) {

    public static Parsed<Candidate> of(Sequence sequence, Evidence evidence) {
        Request request = sequence.ask().request();
        Digest requestDigest = Request.FORMAT.digest(request);
        Proposal proposal = sequence.proposal();
        if (!proposal.request().equals(requestDigest)) {
            return unbound("the proposal answers another request");
        }
        if (!proposal.readSet().equals(ReadSet.FORMAT.digest(evidence.readSet()))) {
            return unbound("the read set is not that of the proposal");
        }
        if (!proposal.writeSet().equals(WriteSet.FORMAT.digest(evidence.writeSet()))) {
            return unbound("the write set is not that of the proposal");
        }
        return certificate(sequence.ask())
                .map(certificate ->
                        new Candidate(
                                sequence,
                                evidence,
                                certificate,
                                requestDigest,
                                Proposal.FORMAT.digest(proposal),
                                sequence.digest(),
                                exchange(request)));
    }

    /// The certificate that a request names, when it is there and of the request's organisation.
    static Parsed<Certificate> certificate(Ask ask) {
        Request request = ask.request();
        if (!Digest.of(ask.certificate()).equals(request.certificate())) {
            return Parsed.refused(Fault.UNBOUND, "the request names another certificate");
        }
        Parsed<Certificate> parsed = Certificate.parse(ask.certificate());
        return parsed.then(certificate ->
                certificate.organisation().equals(request.organisation())
                        ? parsed
                        : Parsed.refused(
                                Fault.UNBOUND,
                                "the request names "
                                        + request.organisation()
                                        + ", its certificate "
                                        + certificate.organisation()));
    }

    static Digest exchange(Request request) {
        return ExchangeName.FORMAT.digest(request.exchange());
    }

    private static Parsed<Candidate> unbound(String why) {
        return Parsed.refused(Fault.UNBOUND, why);
    }

    /// The same submission with other words for it: what the words are about stays as it was found.
    public Candidate with(List<Vouch> endorsements, List<Attestation> attestations) {
        return new Candidate(
                sequence,
                new Evidence(evidence.readSet(), evidence.writeSet(), endorsements, attestations),
                certificate,
                requestDigest,
                proposalDigest,
                submissionDigest,
                exchange);
    }

    public Request request() {
        return sequence.ask().request();
    }

    public Proposal proposal() {
        return sequence.proposal();
    }

    public FlowName flow() {
        return new FlowName(request().contract(), request().flow());
    }
}
