package org.entente.registry;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Revocation;
import org.entente.certs.Revocations;
import org.entente.protocol.AllianceId;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Sorted;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// One step of the fold: a registry and an accepted change give the next registry.
final class RegistryFold {
    private final ChangeEntry entry;
    private final long serial;
    private SortedMap<OrganisationId, Organisation> organisations;
    private SortedMap<ChainId, RegisteredChain> chains;
    private SortedMap<NodeId, RegisteredNode> nodes;
    private SortedMap<Digest, FiledRequirement> requirements;
    private SortedMap<Digest, OpenProposal> proposals;
    private SortedMap<AllianceId, RegisteredAlliance> alliances;
    private Revocations revocations;
    private SortedMap<Revocation, SignedChange> revocationChanges;
    private SortedMap<Digest, Demand> demands;

    RegistryFold(Registry before, ChangeEntry entry) {
        this.entry = entry;
        serial = entry.serial();
        organisations = before.organisations();
        chains = before.chains();
        nodes = before.nodes();
        requirements = before.requirements();
        proposals = before.proposals();
        alliances = before.alliances();
        revocations = before.revocations();
        revocationChanges = before.revocationChanges();
        demands = before.demands();
    }

    Registry apply() {
        SignedChange signed = entry.change();
        switch (signed.change()) {
            case Change.OrganisationEnrolled it -> enrol(it);
            case Change.AuthoritiesRotated it -> rotate(it, signed);
            case Change.ChainAdded it ->
                    chains = Sorted.with(chains, it.chain(), new RegisteredChain(it, serial));
            case Change.NodeAdded it -> {
                Certificate certificate = Certificate.parse(it.certificate()).orThrow();
                put(
                        new RegisteredNode(
                                certificate.node().orElseThrow(),
                                certificate,
                                it.chains(),
                                it.roles(),
                                0,
                                serial));
            }
            case Change.NodeRenewed it -> renew(it);
            case Change.RequirementFiled it ->
                    put(
                            new FiledRequirement(
                                    signed.digest(), it.requirement(), serial, Optional.empty()));
            case Change.RequirementWithdrawn it -> withdraw(it);
            case Change.Proposed it -> propose(it, signed.approvals());
            case Change.Approved it -> approve(it);
            case Change.CertificateRevoked it -> revoke(it, signed);
            case Change.OpeningDemanded it ->
                    put(new Demand(signed.digest(), it, serial, Optional.empty()));
            case Change.CertificateOpened it -> open(it, signed);
            case Change.FlowPaused it -> owe(it.alliance(), signed);
            case Change.FlowResumed it -> owe(it.alliance(), signed);
        }
        return new Registry(
                organisations,
                chains,
                nodes,
                requirements,
                proposals,
                alliances,
                revocations,
                revocationChanges,
                demands,
                serial + 1);
    }

    private void enrol(Change.OrganisationEnrolled it) {
        Authorities first = RegistryCertificates.authorities(it.certificates()).orThrow();
        organisations =
                Sorted.with(
                        organisations,
                        it.organisation(),
                        new Organisation(it.organisation(), it.title(), List.of(first), serial));
    }

    private void rotate(Change.AuthoritiesRotated it, SignedChange signed) {
        Authorities next = RegistryCertificates.authorities(it.certificates()).orThrow();
        Organisation organisation = known(organisations, it.organisation());
        organisations = Sorted.with(organisations, it.organisation(), organisation.with(next));
        oweAlliancesOf(it.organisation(), signed);
        dropOutdated(proposal -> concerns(proposal, it.organisation()));
    }

    private boolean concerns(OpenProposal proposal, OrganisationId organisation) {
        RegisteredAlliance alliance = alliances.get(proposal.alliance());
        return (alliance != null && alliance.charter().isParty(organisation))
                || RegistryProposals.parties(alliances, proposal.proposed()).contains(organisation);
    }

    private void renew(Change.NodeRenewed it) {
        Certificate certificate = Certificate.parse(it.certificate()).orThrow();
        RegisteredNode node = known(nodes, certificate.node().orElseThrow());
        if (!node.certificate().key().equals(certificate.key())) {
            distrust(node);
        }
        put(
                new RegisteredNode(
                        node.id(),
                        certificate,
                        it.chains(),
                        it.roles(),
                        node.renewals() + 1,
                        node.since()));
    }

    private void withdraw(Change.RequirementWithdrawn it) {
        FiledRequirement filed = known(requirements, it.requirement());
        put(
                new FiledRequirement(
                        filed.digest(), filed.requirement(), filed.since(), Optional.of(serial)));
    }

    private void propose(Change.Proposed it, Approvals approvals) {
        OrganisationId proposer = approvals.list().getFirst().approver().organisation();
        AllianceId alliance = RegistryProposals.alliance(it);
        Electorate electorate = RegistryProposals.electorate(alliances, it).orThrow();
        proposals =
                Sorted.with(
                        proposals,
                        it.subject(),
                        new OpenProposal(
                                it,
                                alliance,
                                proposer,
                                electorate,
                                Sorted.empty(),
                                serial,
                                entry.time()));
    }

    private void approve(Change.Approved it) {
        OpenProposal voted = known(proposals, it.proposal()).with(it.approval());
        if (!voted.isPassed()) {
            proposals = Sorted.with(proposals, it.proposal(), voted);
            return;
        }
        proposals = Sorted.without(proposals, it.proposal());
        RegisteredAlliance known = alliances.get(voted.alliance());
        SignedChange decision = voted.decision();
        RegisteredAlliance next =
                known == null
                        ? RegisteredAlliance.founded(
                                Charter.founded(founding(voted.proposed())), decision)
                        : known.with(decision);
        alliances = Sorted.with(alliances, next.id(), next);
        oweEarlierRevocations(next.id());
        dropOutdated(proposal -> proposal.alliance().equals(next.id()));
    }

    private static Terms founding(Change.Proposed proposed) {
        return switch (proposed) {
            case Change.RecordProposed it -> Terms.reread(it, Sorted.empty()).orThrow();
            case Change.ActProposed it ->
                    throw new IllegalStateException("an act founds no alliance: " + it);
        };
    }

    private void revoke(Change.CertificateRevoked it, SignedChange signed) {
        Revocation revocation = new Revocation(it.issuer(), it.serialNumber());
        revocations = revocations.with(revocation, serial);
        revocationChanges = Sorted.with(revocationChanges, revocation, signed);
        oweAlliancesOf(it.organisation(), signed);
        for (RegisteredNode node : nodes.values()) {
            if (RegistryProposals.isIssuedBy(organisations, node, revocation)) {
                distrust(node);
            }
        }
    }

    /// The node's key counts no longer: its votes are gone, and what would give that key a part in
    /// a next epoch is closed.
    private void distrust(RegisteredNode node) {
        TreeMap<Digest, OpenProposal> rest = new TreeMap<>();
        for (OpenProposal proposal : proposals.values()) {
            if (!RegistryProposals.lists(proposal.proposed(), node)) {
                rest.put(proposal.subject(), proposal.without(node.id()));
            }
        }
        proposals = Sorted.copyOf(rest);
    }

    private void open(Change.CertificateOpened it, SignedChange signed) {
        Demand demand = known(demands, it.demand());
        put(new Demand(demand.digest(), demand.demanded(), demand.since(), Optional.of(serial)));
        oweAlliancesOf(it.organisation(), signed);
    }

    private void owe(AllianceId id, SignedChange due) {
        alliances = Sorted.with(alliances, id, known(alliances, id).with(due));
    }

    private void oweAlliancesOf(OrganisationId organisation, SignedChange due) {
        for (RegisteredAlliance alliance : alliances.values()) {
            if (alliance.charter().isParty(organisation)
                    && CharterCheck.knowsSigners(alliance.charter(), organisation, due)) {
                owe(alliance.id(), due);
            }
        }
    }

    /// What was revoked before an organisation became a party counts in the alliance too.
    private void oweEarlierRevocations(AllianceId id) {
        for (SignedChange revocation : revocationChanges.values()) {
            RegisteredAlliance alliance = known(alliances, id);
            if (revocation.change() instanceof Change.CertificateRevoked it
                    && alliance.charter().isParty(it.organisation())
                    && !alliance.dues().contains(revocation)
                    && CharterCheck.knowsSigners(
                            alliance.charter(), it.organisation(), revocation)) {
                owe(id, revocation);
            }
        }
    }

    /// What no longer fits on top of what holds can never be decided. What still fits is decided by
    /// the keys that hold now, so a vote with a key that was rotated away is gone. Proposals that
    /// the entry does not concern stay as they are; their files are not read again.
    private void dropOutdated(Predicate<OpenProposal> concerned) {
        TreeMap<Digest, OpenProposal> rest = new TreeMap<>();
        for (OpenProposal proposal : proposals.values()) {
            if (!concerned.test(proposal)) {
                rest.put(proposal.subject(), proposal);
            } else if (RegistryProposals.stands(organisations, alliances, proposal.proposed())
                    .isAccepted()) {
                Electorate electorate =
                        RegistryProposals.electorate(alliances, proposal.proposed()).orThrow();
                rest.put(proposal.subject(), proposal.under(electorate));
            }
        }
        proposals = Sorted.copyOf(rest);
    }

    private void put(RegisteredNode node) {
        nodes = Sorted.with(nodes, node.id(), node);
    }

    private void put(FiledRequirement requirement) {
        requirements = Sorted.with(requirements, requirement.digest(), requirement);
    }

    private void put(Demand demand) {
        demands = Sorted.with(demands, demand.digest(), demand);
    }

    private static <K, V> V known(SortedMap<K, V> items, K key) {
        V value = items.get(key);
        if (value == null) {
            throw new IllegalStateException("an accepted change names the unknown " + key);
        }
        return value;
    }

    static StateItem revocationItem(Revocation revocation, long serial) {
        return StateItem.of(
                StateItem.Kind.REVOCATION,
                revocation.issuer() + "/" + revocation.serialNumber().hex(),
                to -> to.digest(revocation.issuer()).bytes(revocation.serialNumber()).u64(serial));
    }
}
