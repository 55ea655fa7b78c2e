package org.entente.registry;

import org.entente.certs.Revocation;
import org.entente.certs.Revocations;
import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything a relay knows about who belongs: the fold of its registry log.
///
/// Every change enters here first. What concerns an alliance is then owed to that alliance's own
/// log ([#owed]): its records and acts with their approvals, rotations, revocations and openings of
/// its parties, pauses and resumptions of its flows. Because that list follows from the fold, a
/// crash between the two appends is repaired by asking again.
///
/// @param revocationChanges the signed revocations, which a later alliance of that party is owed
///   too
public record Registry(
        SortedMap<OrganisationId, Organisation> organisations,
        SortedMap<ChainId, RegisteredChain> chains,
        SortedMap<NodeId, RegisteredNode> nodes,
        SortedMap<Digest, FiledRequirement> requirements,
        SortedMap<Digest, OpenProposal> proposals,
        SortedMap<AllianceId, RegisteredAlliance> alliances,
        Revocations revocations,
        SortedMap<Revocation, SignedChange> revocationChanges,
        SortedMap<Digest, Demand> demands,
        long size) {
    public static final Registry EMPTY =
            new Registry(
                    Sorted.empty(),
                    Sorted.empty(),
                    Sorted.empty(),
                    Sorted.empty(),
                    Sorted.empty(),
                    Sorted.empty(),
                    Revocations.NONE,
                    Sorted.empty(),
                    Sorted.empty(),
                    0);

    /// Whether a change may be appended to the registry log now.
    public Verdict check(SignedChange signed, Instant now, Verifier verifier) {
        return new RegistryCheck(at(now), now, verifier).check(signed);
    }

    /// The registry after an entry of its log. The entry was checked before it was appended.
    public Registry apply(ChangeEntry entry) {
        if (entry.serial() != size) {
            throw new IllegalStateException(
                    "the registry has " + size + " entries, the next is " + entry.serial());
        }
        return new RegistryFold(at(entry.time()), entry).apply();
    }

    /// Without the proposals that have lapsed by then.
    private Registry at(Instant now) {
        if (proposals.values().stream().noneMatch(proposal -> proposal.hasLapsed(now))) {
            return this;
        }
        TreeMap<Digest, OpenProposal> open = new TreeMap<>(proposals);
        open.values().removeIf(proposal -> proposal.hasLapsed(now));
        return new Registry(
                organisations,
                chains,
                nodes,
                requirements,
                Sorted.copyOf(open),
                alliances,
                revocations,
                revocationChanges,
                demands,
                size);
    }

    /// Proposals that have all approvals they need would be decided at once, so these are still
    /// collecting.
    public Optional<OpenProposal> proposal(Digest subject) {
        return Optional.ofNullable(proposals.get(subject));
    }

    public Optional<RegisteredAlliance> alliance(AllianceId id) {
        return Optional.ofNullable(alliances.get(id));
    }

    /// What an alliance's log lacks, in the order in which it is to be appended.
    ///
    /// @param alliance the fold of that log; empty when it has no entry yet
    public List<SignedChange> owed(AllianceId id, Optional<Alliance> alliance) {
        List<SignedChange> dues = alliance(id).map(RegisteredAlliance::dues).orElseGet(List::of);
        int had = alliance.map(Alliance::changes).orElse(0);
        if (had > dues.size()) {
            throw new IllegalStateException(
                    "the log of "
                            + id
                            + " has "
                            + had
                            + " changes, the registry knows "
                            + dues.size());
        }
        return dues.subList(had, dues.size());
    }

    /// Every item in canonical bytes: what a view of the registry stores.
    public List<StateItem> items() {
        List<StateItem> items = new ArrayList<>();
        organisations.values().forEach(organisation -> items.add(organisation.item()));
        chains.values().forEach(chain -> items.add(chain.item()));
        nodes.values().forEach(node -> items.add(node.item()));
        requirements.values().forEach(requirement -> items.add(requirement.item()));
        proposals.values().forEach(proposal -> items.add(proposal.item()));
        alliances.values().forEach(alliance -> items.add(alliance.item()));
        demands.values().forEach(demand -> items.add(demand.item()));
        revocations
                .fromSerial()
                .forEach((revocation, serial) ->
                        items.add(RegistryFold.revocationItem(revocation, serial)));
        return items;
    }

    /// The same on every machine whose log has the same entries.
    public Digest digest() {
        return StateItem.digest(items());
    }
}
