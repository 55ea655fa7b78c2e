package org.entente.endorsement;

import org.entente.certs.Verifier;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Seal;
import org.entente.protocol.log.Settlement;
import org.entente.registry.Agent;
import org.entente.registry.EpochRecord;
import org.entente.registry.NodeContractListing;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Whether a receipt proves what it says, by the epochs alone.
///
/// Signed objects are judged as of their entry: keys that were struck later still count for what
/// was sealed before.
public record ReceiptCheck(KnownEpochs epochs, Verifier verifier) {
    private static final SortedSet<VerifyingKey> NONE_STRUCK =
            Sorted.copyOf(List.<VerifyingKey>of());

    /// What a sound receipt proves.
    ///
    /// @param settlement empty while it is not settled
    public record Proven(Entry entry, Candidate candidate, Optional<Settlement> settlement) {}

    public Parsed<Proven> check(Receipt receipt) {
        Entry entry = receipt.sighting().entry();
        if (entry.kind() != EntryKind.EXCHANGE) {
            return Parsed.refused(
                    Fault.UNBOUND,
                    "serial " + entry.serial() + " is no exchange but " + entry.kind());
        }
        Verdict sealed = sighted(receipt.sighting());
        if (sealed instanceof Verdict.Rejected why) {
            return new Parsed.Refused<>(why);
        }
        return Content.read(new EntryRecord(entry, receipt.content(), receipt.evidence()))
                .then(content ->
                        content instanceof Content.Exchanged(Candidate candidate)
                                ? proven(receipt, candidate)
                                : Parsed.refused(Fault.UNBOUND, "no exchange"));
    }

    private Parsed<Proven> proven(Receipt receipt, Candidate candidate) {
        Entry entry = receipt.sighting().entry();
        Verdict verdict = requested(candidate);
        if (entry.outcome() == Outcome.VALID) {
            verdict = verdict.and(() -> endorsed(entry, candidate));
        }
        if (verdict instanceof Verdict.Rejected why) {
            return new Parsed.Refused<>(why);
        }
        if (receipt.ending().isEmpty()) {
            return Parsed.of(new Proven(entry, candidate, Optional.empty()));
        }
        return settled(entry, receipt.ending().get())
                .map(settlement -> new Proven(entry, candidate, Optional.of(settlement)));
    }

    private Verdict sighted(Sighting sighting) {
        Seal seal = sighting.sealed().seal();
        EpochRecord sealing = epochs.at(seal.size() - 1);
        if (seal.epoch() > epochs.newest().epoch()) {
            return Verdict.rejected(
                    Fault.EPOCH_UNKNOWN,
                    "sealed in epoch " + seal.epoch() + ", known up to " + epochs.newest().epoch());
        }
        return new DeliveryCheck(NONE_STRUCK, verifier).sighting(sighting, sealing);
    }

    private Verdict requested(Candidate candidate) {
        Request request = candidate.request();
        if (!request.alliance().equals(epochs.newest().id())) {
            return Verdict.rejected(
                    Fault.UNBOUND, "a request for the alliance " + request.alliance());
        }
        return verifier.verify(
                        candidate.certificate().key(),
                        candidate.requestDigest(),
                        candidate.sequence().ask().signature())
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_SIGNATURE, "the certificate's key did not sign the request");
    }

    private Verdict endorsed(Entry entry, Candidate candidate) {
        EpochRecord judged = epochs.at(entry.serial());
        Optional<NodeContractListing> contract = judged.nodeContract(candidate.flow());
        NodeId proposer = candidate.proposal().proposer();
        Optional<VerifyingKey> key = judged.agent(proposer).map(Agent::key);
        if (contract.isEmpty()
                || key.isEmpty()
                || candidate.request().epoch() != judged.epoch()
                || !contract.get().digest().equals(candidate.proposal().nodeContract())) {
            return Verdict.rejected(
                    Fault.UNBOUND, "the proposal is not of epoch " + judged.epoch());
        }
        Sequence sequence = candidate.sequence();
        if (!verifier.verify(key.get(), candidate.proposalDigest(), sequence.proposerSignature())) {
            return Verdict.rejected(Fault.BAD_SIGNATURE, proposer + " did not sign the proposal");
        }
        return Panel.endorsers(judged, contract.get())
                .vouched(
                        BatchRoot.ENDORSEMENT,
                        candidate.proposalDigest(),
                        candidate.evidence().endorsements(),
                        verifier);
    }

    private Parsed<Settlement> settled(Entry entry, Receipt.Ending ending) {
        Entry end = ending.sighting().entry();
        return Settlement.FORMAT
                .decode(ending.content())
                .then(settlement -> {
                    boolean bound =
                            end.kind() == EntryKind.SETTLED
                                    && end.submission().equals(Digest.of(ending.content()))
                                    && settlement.alliance().equals(epochs.newest().id())
                                    && settlement.serial() == entry.serial();
                    Verdict verdict =
                            bound
                                    ? sighted(ending.sighting())
                                    : Verdict.rejected(
                                            Fault.UNBOUND,
                                            "serial " + end.serial() + " does not settle this");
                    return verdict instanceof Verdict.Rejected why
                            ? new Parsed.Refused<>(why)
                            : Parsed.of(settlement);
                });
    }
}
