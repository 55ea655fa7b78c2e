package org.entente.endorsement;

import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.encoding.Format;
import org.entente.protocol.exchange.BatchPlace;
import org.entente.protocol.exchange.BatchRoot;
import org.entente.protocol.exchange.NodeSignature;
import org.entente.protocol.exchange.Vouch;
import org.entente.protocol.merkle.BatchTree;
import org.entente.protocol.merkle.InclusionProof;
import org.entente.registry.Agent;
import org.entente.registry.EpochRecord;
import org.entente.registry.NodeContractListing;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Those whose word decides one question, and how much of it is enough: the endorsers of a flow,
/// the sealers of a log, the observers of a settlement.
///
/// @param weights of everyone who is asked; all of them are in the total
/// @param keys of those whose word counts: who left the epoch, or whose key was struck, has none
///   and counts zero
/// @param bound the weight that must be exceeded
public record Panel(
        AllianceId alliance,
        long epoch,
        SortedMap<NodeId, Long> weights,
        SortedMap<NodeId, VerifyingKey> keys,
        long bound) {

    private static final SortedSet<VerifyingKey> NONE_STRUCK =
            Sorted.copyOf(List.<VerifyingKey>of());

    public Panel {
        weights = Sorted.copyOf(weights);
        keys = Sorted.copyOf(keys);
    }

    /// Those who endorse a flow under an epoch record.
    ///
    /// @param struck keys that a later record struck
    public static Panel endorsers(
            EpochRecord record, NodeContractListing contract, SortedSet<VerifyingKey> struck) {
        TreeMap<NodeId, Long> weights = new TreeMap<>();
        contract.endorsers().forEach(each -> weights.put(each.node(), each.weight()));
        return of(record, weights, contract.bound(), struck);
    }

    /// Those who seal the log under an epoch record: all of its agents.
    public static Panel sealers(EpochRecord record, SortedSet<VerifyingKey> struck) {
        TreeMap<NodeId, Long> weights = new TreeMap<>();
        record.agents().forEach(agent -> weights.put(agent.id(), agent.weight()));
        return of(record, weights, record.totalWeight() / 2, struck);
    }

    public static Panel sealers(EpochRecord record) {
        return sealers(record, NONE_STRUCK);
    }

    public static Panel endorsers(EpochRecord record, NodeContractListing contract) {
        return endorsers(record, contract, NONE_STRUCK);
    }

    /// Some of a record's agents, by other weights than the record's; more than half must agree.
    public static Panel observers(EpochRecord record, SortedMap<NodeId, Long> weights) {
        long total = weights.values().stream().mapToLong(Long::longValue).sum();
        return of(record, weights, total / 2, NONE_STRUCK);
    }

    private static Panel of(
            EpochRecord record,
            SortedMap<NodeId, Long> weights,
            long bound,
            SortedSet<VerifyingKey> struck) {
        TreeMap<NodeId, VerifyingKey> keys = new TreeMap<>();
        for (Agent agent : record.agents()) {
            if (weights.containsKey(agent.id()) && !struck.contains(agent.key())) {
                keys.put(agent.id(), agent.key());
            }
        }
        return new Panel(record.id(), record.epoch(), weights, keys, bound);
    }

    public boolean isPassedBy(long weight) {
        return weight > bound;
    }

    public long totalWeight() {
        return weights.values().stream().mapToLong(Long::longValue).sum();
    }

    /// What a member's word adds: nothing when it has no key that counts.
    public long weight(NodeId node) {
        return keys.containsKey(node) ? weights.getOrDefault(node, 0L) : 0;
    }

    /// Whether enough of the panel vouched for a digest. Each vouch must hold: one that is unlisted
    /// or wrong refuses them all and is named, so that nobody can hide behind the others.
    ///
    /// @param format what the vouches are for
    public Verdict vouched(
            Format<BatchRoot> format, Digest leaf, List<Vouch> vouches, Verifier verifier) {
        long weight = 0;
        for (int index = 0; index < vouches.size(); index++) {
            Vouch vouch = vouches.get(index);
            Verdict verdict = holds(format, leaf, vouch, verifier);
            if (verdict instanceof Verdict.Rejected(Fault fault, String detail)) {
                return Verdict.rejected(fault, "number " + index + ": " + detail);
            }
            weight += weight(vouch.agent());
        }
        return enough(weight);
    }

    /// Whether one vouch holds; one by a member whose key does not count is let through.
    public Verdict holds(Format<BatchRoot> format, Digest leaf, Vouch vouch, Verifier verifier) {
        BatchPlace place = vouch.place();
        Optional<Digest> root =
                new InclusionProof(place.leafIndex(), place.leafCount(), place.path())
                        .root(BatchTree.leafHash(leaf));
        if (root.isEmpty()) {
            return Verdict.rejected(
                    Fault.BAD_PROOF, vouch.agent() + "'s path does not fit its batch");
        }
        BatchRoot batch =
                new BatchRoot(alliance, epoch, vouch.agent(), place.leafCount(), root.get());
        return holds(vouch.agent(), format.digest(batch), vouch.signature(), verifier);
    }

    /// Whether enough of the panel signed a digest; as strict as [#vouched].
    public Verdict signed(Digest digest, List<NodeSignature> signatures, Verifier verifier) {
        long weight = 0;
        for (int index = 0; index < signatures.size(); index++) {
            NodeSignature each = signatures.get(index);
            Verdict verdict = holds(each.node(), digest, each.signature(), verifier);
            if (verdict instanceof Verdict.Rejected(Fault fault, String detail)) {
                return Verdict.rejected(fault, "number " + index + ": " + detail);
            }
            weight += weight(each.node());
        }
        return enough(weight);
    }

    private Verdict holds(NodeId node, Digest digest, Signature signature, Verifier verifier) {
        if (!weights.containsKey(node)) {
            return Verdict.rejected(Fault.NOT_A_SIGNER, node + " is not asked");
        }
        VerifyingKey key = keys.get(node);
        return key == null || verifier.verify(key, digest, signature)
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.BAD_SIGNATURE, node + "'s signature is not over this digest");
    }

    private Verdict enough(long weight) {
        return isPassedBy(weight)
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.WEIGHT_TOO_LOW,
                        weight + " of " + totalWeight() + ", more than " + bound + " needed");
    }
}
