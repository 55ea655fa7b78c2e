package org.entente.endorsement;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.delivery.Delivery;
import org.entente.protocol.delivery.Sighting;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.Proposal;
import org.entente.protocol.exchange.ReadSet;
import org.entente.protocol.exchange.Request;
import org.entente.protocol.exchange.Submission;
import org.entente.protocol.exchange.Write;
import org.entente.protocol.exchange.WriteSet;
import org.entente.protocol.log.Entry;
import org.entente.protocol.log.EntryKind;
import org.entente.protocol.log.Outcome;
import org.entente.protocol.log.Seal;
import org.entente.protocol.merkle.TreeHash;
import org.entente.registry.EpochRecord;
import org.entente.registry.NodeContractListing;
import org.entente.registry.contract.FlowName;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// What an inbox contract proves of a delivery before it looks at its own state: the seal, the
/// inclusion, VALID, the destination, the endorsements, the epochs (protocol.md §6.9, step 2).
///
/// @param struck keys that any record known here struck
public record DeliveryCheck(SortedSet<VerifyingKey> struck, Verifier verifier) {

    /// Whether a majority sealed a log that has the entry.
    ///
    /// @param sealing the epoch record of the seal's last leaf
    public Verdict sighting(Sighting sighting, EpochRecord sealing) {
        Seal seal = sighting.sealed().seal();
        if (!seal.alliance().equals(sealing.id())) {
            return Verdict.rejected(Fault.UNBOUND, "a seal of the alliance " + seal.alliance());
        }
        if (seal.epoch() != sealing.epoch()) {
            return Verdict.rejected(
                    Fault.UNBOUND,
                    "a seal of epoch " + seal.epoch() + " where " + sealing.epoch() + " is due");
        }
        Digest leaf = TreeHash.leaf(Entry.FORMAT.encode(sighting.entry()));
        return sighting.inclusion()
                .verify(leaf, seal.root())
                .and(() ->
                        Panel.sealers(sealing, struck)
                                .signed(
                                        Seal.FORMAT.digest(seal),
                                        sighting.sealed().signatures(),
                                        verifier));
    }

    /// Whether a sighted entry is a VALID exchange, brought whole, for this inbox.
    ///
    /// @param judged the epoch record of the entry's serial
    public Verdict delivery(Delivery delivery, EpochRecord judged, ChainId chain, String inbox) {
        Entry entry = delivery.sighting().entry();
        if (entry.kind() != EntryKind.EXCHANGE || entry.outcome() != Outcome.VALID) {
            return Verdict.rejected(
                    Fault.UNBOUND, "serial " + entry.serial() + " is no VALID exchange");
        }
        return bound(delivery, judged.id())
                .and(() -> addressed(delivery.evidence().writeSet(), chain, inbox))
                .and(() -> values(delivery))
                .and(() -> endorsed(delivery, judged));
    }

    private static Verdict bound(Delivery delivery, AllianceId alliance) {
        Entry entry = delivery.sighting().entry();
        Proposal proposal = delivery.proposal();
        Evidence evidence = delivery.evidence();
        return part("alliance", delivery.request().alliance(), alliance)
                .and(() ->
                        part(
                                "submission",
                                Submission.FORMAT.digest(delivery.submission()),
                                entry.submission()))
                .and(() -> part("evidence", Evidence.FORMAT.digest(evidence), entry.evidence()))
                .and(() ->
                        part(
                                "request",
                                Request.FORMAT.digest(delivery.request()),
                                proposal.request()))
                .and(() ->
                        part(
                                "read set",
                                ReadSet.FORMAT.digest(evidence.readSet()),
                                proposal.readSet()))
                .and(() ->
                        part(
                                "write set",
                                WriteSet.FORMAT.digest(evidence.writeSet()),
                                proposal.writeSet()));
    }

    private static Verdict part(String name, Object brought, Object named) {
        return brought.equals(named)
                ? Verdict.accepted()
                : Verdict.rejected(Fault.UNBOUND, "the " + name + " is not that of the entry");
    }

    private static Verdict addressed(WriteSet writeSet, ChainId chain, String inbox) {
        boolean here =
                writeSet.writes().stream()
                        .map(Write::place)
                        .allMatch(place ->
                                place.chain().equals(chain) && place.inbox().equals(inbox));
        return here && !writeSet.writes().isEmpty()
                ? Verdict.accepted()
                : Verdict.rejected(Fault.UNBOUND, "it is for another inbox than " + inbox);
    }

    private static Verdict values(Delivery delivery) {
        List<Write> writes = delivery.evidence().writeSet().writes();
        for (int index = 0; index < writes.size(); index++) {
            Write write = writes.get(index);
            Bytes value = delivery.values().get(index);
            if (value.size() != write.sizeBytes() || !Digest.of(value).equals(write.value())) {
                return Verdict.rejected(
                        Fault.UNBOUND, "value number " + index + " is not what was endorsed");
            }
        }
        return Verdict.accepted();
    }

    private Verdict endorsed(Delivery delivery, EpochRecord judged) {
        Request request = delivery.request();
        Optional<NodeContractListing> contract =
                judged.nodeContract(new FlowName(request.contract(), request.flow()));
        if (contract.isEmpty()
                || request.epoch() != judged.epoch()
                || !contract.get().digest().equals(delivery.proposal().nodeContract())) {
            return Verdict.rejected(
                    Fault.UNBOUND, "the proposal is not of epoch " + judged.epoch());
        }
        return Panel.endorsers(judged, contract.get(), struck)
                .vouched(
                        BatchRoot.ENDORSEMENT,
                        Proposal.FORMAT.digest(delivery.proposal()),
                        delivery.evidence().endorsements(),
                        verifier);
    }
}
