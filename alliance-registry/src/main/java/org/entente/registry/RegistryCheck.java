package org.entente.registry;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Judge;
import org.entente.certs.Moment;
import org.entente.certs.Revocation;
import org.entente.certs.Verifier;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Judges a change against the registry as it stands now.
final class RegistryCheck {
    private final Registry registry;
    private final Instant now;
    private final Verifier verifier;

    RegistryCheck(Registry registry, Instant now, Verifier verifier) {
        this.registry = registry;
        this.now = now;
        this.verifier = verifier;
    }

    Verdict check(SignedChange signed) {
        return switch (signed.change()) {
            case Change.OrganisationEnrolled it -> enrolled(it, signed);
            case Change.AuthoritiesRotated it -> rotated(it, signed);
            case Change.ChainAdded it -> chainAdded(it, signed);
            case Change.NodeAdded it ->
                    carried(it.certificate(), it.chains(), Optional.empty(), signed);
            case Change.NodeRenewed it ->
                    carried(it.certificate(), it.chains(), Optional.of(it.number()), signed);
            case Change.RequirementFiled it -> filed(it.requirement(), signed);
            case Change.RequirementWithdrawn it -> withdrawn(it, signed);
            case Change.Proposed it -> proposed(it, signed);
            case Change.Approved it -> approved(it, signed);
            case Change.CertificateRevoked it -> revoked(it, signed);
            case Change.OpeningDemanded it -> demanded(it, signed);
            case Change.CertificateOpened it -> opened(it, signed);
            case Change.FlowPaused it -> ofAlliance(it.alliance(), signed);
            case Change.FlowResumed it -> ofAlliance(it.alliance(), signed);
        };
    }

    private Verdict enrolled(Change.OrganisationEnrolled it, SignedChange signed) {
        if (registry.organisations().containsKey(it.organisation())) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, it.organisation());
        }
        return authorities(it.organisation(), it.certificates(), 1)
                .then(next ->
                        allSign(signed, new Approver.Root(it.organisation()), next.root().key()))
                .verdict();
    }

    private Verdict rotated(Change.AuthoritiesRotated it, SignedChange signed) {
        Organisation organisation = registry.organisations().get(it.organisation());
        if (organisation == null) {
            return unknown(it.organisation());
        }
        if (it.generation() != organisation.generations().size() + 1) {
            return Verdict.rejected(
                    Fault.OUTDATED,
                    "generation "
                            + organisation.generations().size()
                            + " is in force, "
                            + it.generation()
                            + " does not follow");
        }
        if (it.generation() > Organisation.GENERATION_COUNT_MAX) {
            return Verdict.rejected(
                    Fault.QUOTA_SPENT,
                    "an organisation has at most "
                            + Organisation.GENERATION_COUNT_MAX
                            + " generations of CAs");
        }
        PartyAuthorities.Authority before =
                RegistryCertificates.listing(organisation.newest()).root();
        return switch (authorities(it.organisation(), it.certificates(), it.generation())) {
            case Parsed.Refused<Authorities>(Verdict.Rejected why) -> why;
            case Parsed.Value<Authorities>(Authorities next) ->
                    Signatures.allOf(
                            CharterCheck.rotating(before, RegistryCertificates.listing(next)),
                            signed.approvals(),
                            signed.digest(),
                            verifier);
        };
    }

    /// New CA certificates: of this organisation, signed by its root, valid now.
    private Parsed<Authorities> authorities(
            OrganisationId organisation, CertificateSet set, int generation) {
        return RegistryCertificates.authorities(set)
                .then(next -> {
                    Verdict verdict = valid(organisation, next, generation);
                    return verdict instanceof Verdict.Rejected(Fault fault, String detail)
                            ? Parsed.refused(fault, detail)
                            : Parsed.of(next);
                });
    }

    private Verdict valid(OrganisationId organisation, Authorities next, int generation) {
        if (!next.organisation().equals(organisation)) {
            return Verdict.rejected(
                    Fault.FOREIGN_TRUST_DOMAIN,
                    "certificates of " + next.organisation() + " for " + organisation);
        }
        Verdict verdict = next.check(verifier);
        if (!verdict.isAccepted()) {
            return verdict;
        }
        if (next.generation() != generation) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE,
                    "certificates of generation " + next.generation() + ", not " + generation);
        }
        for (Certificate certificate : next.all()) {
            if (now.isBefore(certificate.notBefore())) {
                return Verdict.rejected(Fault.CERTIFICATE_NOT_YET_VALID, certificate);
            }
            if (now.isAfter(certificate.notAfter())) {
                return Verdict.rejected(Fault.CERTIFICATE_EXPIRED, certificate);
            }
        }
        return Verdict.accepted();
    }

    private Verdict chainAdded(Change.ChainAdded it, SignedChange signed) {
        if (registry.chains().containsKey(it.chain())) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, it.chain());
        }
        Verdict quota = Quota.CHAINS.check(registry, it.owner(), now);
        return quota.isAccepted() ? byOrganisation(it.owner(), signed) : quota;
    }

    /// A node's own certificate, new or renewed; the same key signs the change.
    private Verdict carried(
            Bytes der, SortedSet<ChainId> chains, Optional<Integer> renewal, SignedChange signed) {
        return switch (Certificate.parse(der)) {
            case Parsed.Refused<Certificate>(Verdict.Rejected why) -> why;
            case Parsed.Value<Certificate>(Certificate certificate) -> {
                Optional<NodeId> node = certificate.node();
                if (node.isEmpty()) {
                    yield Verdict.rejected(Fault.WRONG_USAGE, "no identity: " + certificate);
                }
                Verdict verdict = known(node.get(), renewal);
                if (verdict.isAccepted()) {
                    verdict = knownChains(chains);
                }
                if (verdict.isAccepted()) {
                    verdict = admitted(certificate, node.get());
                }
                yield verdict.isAccepted()
                        ? allSign(signed, new Approver.Node(node.get()), certificate.key())
                                .verdict()
                        : verdict;
            }
        };
    }

    private Verdict known(NodeId node, Optional<Integer> renewal) {
        RegisteredNode known = registry.nodes().get(node);
        if (renewal.isEmpty()) {
            return known == null
                    ? Quota.NODES.check(registry, node.organisation(), now)
                    : Verdict.rejected(Fault.ALREADY_EXISTS, node);
        }
        if (known == null) {
            return Verdict.rejected(Fault.UNKNOWN_NODE, node);
        }
        return known.renewals() == renewal.get()
                ? Verdict.accepted()
                : Verdict.rejected(
                        Fault.OUTDATED, node + " was renewed " + known.renewals() + " times");
    }

    private Verdict knownChains(SortedSet<ChainId> chains) {
        for (ChainId chain : chains) {
            if (!registry.chains().containsKey(chain)) {
                return Verdict.rejected(Fault.UNKNOWN_CHAIN, chain);
            }
        }
        return Verdict.accepted();
    }

    private Verdict filed(Requirement it, SignedChange signed) {
        if (!registry.chains().containsKey(it.chain())) {
            return Verdict.rejected(Fault.UNKNOWN_CHAIN, it.chain());
        }
        if (!now.isBefore(it.validUntil())) {
            return Verdict.rejected(
                    Fault.INVALID_VALUE, "valid until " + it.validUntil() + ", it is " + now);
        }
        if (registry.requirements().containsKey(signed.digest())) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, "this requirement was filed before");
        }
        boolean offersForeign =
                it.direction() == Requirement.Direction.OFFER
                        && !owns(it.node().organisation(), it.chain());
        if (offersForeign) {
            return Verdict.rejected(
                    Fault.NOT_YOURS, it.chain() + " is not " + it.node().organisation() + "'s");
        }
        Verdict quota = Quota.REQUIREMENTS.check(registry, it.node().organisation(), now);
        return quota.isAccepted() ? byNode(it.node(), signed) : quota;
    }

    private boolean owns(OrganisationId organisation, ChainId chain) {
        RegisteredChain registered = registry.chains().get(chain);
        return registered != null && registered.owner().equals(organisation);
    }

    private Verdict withdrawn(Change.RequirementWithdrawn it, SignedChange signed) {
        FiledRequirement filed = registry.requirements().get(it.requirement());
        if (filed == null) {
            return Verdict.rejected(Fault.NOT_FOUND, "no requirement " + it.requirement());
        }
        if (!filed.requirement().node().equals(it.node())) {
            return Verdict.rejected(
                    Fault.NOT_YOURS, "it was filed by " + filed.requirement().node());
        }
        return filed.withdrawn().isPresent()
                ? Verdict.rejected(Fault.ALREADY_EXISTS, "it was withdrawn before")
                : byNode(it.node(), signed);
    }

    private Verdict proposed(Change.Proposed it, SignedChange signed) {
        if (registry.proposals().containsKey(it.subject())) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, "this is proposed already");
        }
        Verdict verdict =
                RegistryProposals.stands(registry.organisations(), registry.alliances(), it);
        if (verdict.isAccepted()) {
            verdict = proposedBy(RegistryProposals.parties(registry.alliances(), it), signed);
        }
        if (verdict.isAccepted() && it instanceof Change.RecordProposed proposal) {
            verdict = listed(EpochRecord.FORMAT.decode(proposal.record()).orThrow());
        }
        // Last, because reading the files takes long: only a party has us do that.
        return verdict.isAccepted() ? RegistryProposals.fits(registry.alliances(), it) : verdict;
    }

    private Verdict proposedBy(SortedSet<OrganisationId> parties, SignedChange signed) {
        List<Approval> approvals = signed.approvals().list();
        if (approvals.isEmpty()) {
            return Verdict.rejected(Fault.UNSIGNED, "one party must sign the proposal");
        }
        OrganisationId proposer = approvals.getFirst().approver().organisation();
        if (!parties.contains(proposer)) {
            return CharterCheck.notAParty(proposer);
        }
        Verdict quota = Quota.PROPOSALS.check(registry, proposer, now);
        return quota.isAccepted() ? byOrganisation(proposer, signed) : quota;
    }

    /// Agents and chains of a record are those registered now.
    private Verdict listed(EpochRecord record) {
        for (ChainListing chain : record.chains()) {
            RegisteredChain known = registry.chains().get(chain.chain());
            if (known == null) {
                return Verdict.rejected(Fault.UNKNOWN_CHAIN, chain.chain());
            }
            if (!known.listing().equals(chain)) {
                return Verdict.rejected(
                        Fault.INVALID_VALUE, chain.chain() + " is registered otherwise");
            }
        }
        for (Agent agent : record.agents()) {
            Verdict verdict = admitted(agent.id(), agent.key());
            if (!verdict.isAccepted()) {
                return verdict;
            }
        }
        return Verdict.accepted();
    }

    private Verdict approved(Change.Approved it, SignedChange signed) {
        if (!signed.approvals().list().isEmpty()) {
            return Verdict.rejected(Fault.DOUBLY_SIGNED, "an approval carries its own signature");
        }
        OpenProposal proposal = registry.proposals().get(it.proposal());
        if (proposal == null) {
            return Verdict.rejected(
                    Fault.OUTDATED,
                    "no proposal " + it.proposal() + " is open: decided, outdated or never made");
        }
        Approver approver = it.approval().approver();
        if (proposal.votes().containsKey(approver)) {
            return Verdict.rejected(Fault.DOUBLY_SIGNED, approver.words() + " has signed before");
        }
        Verdict verdict = proposal.electorate().admits(it.approval(), it.proposal(), verifier);
        if (verdict.isAccepted()) {
            verdict = admitted(it.approval());
        }
        return verdict.isAccepted() ? effective(proposal.with(it.approval())) : verdict;
    }

    /// What a record lists was registered when it was proposed; it must still be when it begins.
    private Verdict effective(OpenProposal voted) {
        return voted.proposed() instanceof Change.RecordProposed proposal && voted.isPassed()
                ? listed(EpochRecord.FORMAT.decode(proposal.record()).orThrow())
                : Verdict.accepted();
    }

    private Verdict revoked(Change.CertificateRevoked it, SignedChange signed) {
        Revocation revocation = new Revocation(it.issuer(), it.serialNumber());
        if (registry.revocations().fromSerial().containsKey(revocation)) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, "it is revoked already");
        }
        Organisation organisation = registry.organisations().get(it.organisation());
        if (organisation == null) {
            return unknown(it.organisation());
        }
        boolean own =
                organisation.generations().stream()
                        .flatMap(generation -> generation.all().stream())
                        .anyMatch(ca -> ca.digest().equals(it.issuer()));
        return own
                ? byAuthority(organisation, signed)
                : Verdict.rejected(
                        Fault.NOT_YOURS, "no CA of " + it.organisation() + " is " + it.issuer());
    }

    private Verdict demanded(Change.OpeningDemanded it, SignedChange signed) {
        if (!registry.organisations().containsKey(it.organisation())) {
            return unknown(it.organisation());
        }
        if (registry.demands().containsKey(signed.digest())) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, "this was demanded before");
        }
        Verdict quota = Quota.DEMANDS.check(registry, it.auditor().organisation(), now);
        return quota.isAccepted() ? byNode(it.auditor(), signed) : quota;
    }

    private Verdict opened(Change.CertificateOpened it, SignedChange signed) {
        Organisation organisation = registry.organisations().get(it.organisation());
        Demand demand = registry.demands().get(it.demand());
        if (organisation == null) {
            return unknown(it.organisation());
        }
        if (demand == null || !demand.demanded().certificate().equals(it.certificate())) {
            return Verdict.rejected(Fault.NOT_FOUND, "nobody demanded to open " + it.certificate());
        }
        if (!demand.demanded().organisation().equals(it.organisation())) {
            return Verdict.rejected(
                    Fault.NOT_YOURS, demand.demanded().organisation() + " was asked");
        }
        return demand.opened().isPresent()
                ? Verdict.rejected(Fault.ALREADY_EXISTS, "it is opened already")
                : byAuthority(organisation, signed);
    }

    private Verdict ofAlliance(AllianceId id, SignedChange signed) {
        RegisteredAlliance alliance = registry.alliances().get(id);
        if (alliance == null) {
            return Verdict.rejected(Fault.NOT_FOUND, "there is no alliance " + id);
        }
        Verdict verdict = alliance.charter().check(signed, verifier);
        for (Approval approval : signed.approvals().list()) {
            if (verdict.isAccepted()) {
                verdict = admitted(approval);
            }
        }
        return verdict;
    }

    private Verdict byAuthority(Organisation organisation, SignedChange signed) {
        return Signatures.oneOf(
                CharterCheck.authorityKeys(
                        organisation.id(),
                        organisation.generations().stream()
                                .map(RegistryCertificates::listing)
                                .toList(),
                        CharterCheck.responsible(signed.change())),
                signed.approvals(),
                signed.digest(),
                verifier);
    }

    /// By the organisation's root key or one of its registered nodes.
    private Verdict byOrganisation(OrganisationId id, SignedChange signed) {
        Organisation organisation = registry.organisations().get(id);
        if (organisation == null) {
            return unknown(id);
        }
        TreeMap<Approver, VerifyingKey> keys = new TreeMap<>();
        keys.put(new Approver.Root(id), organisation.newest().root().key());
        registry.nodes().values().stream()
                .filter(node -> node.id().organisation().equals(id))
                .forEach(node -> keys.put(new Approver.Node(node.id()), node.certificate().key()));
        return signedBy(keys, signed);
    }

    private Verdict byNode(NodeId node, SignedChange signed) {
        RegisteredNode known = registry.nodes().get(node);
        if (known == null) {
            return Verdict.rejected(Fault.UNKNOWN_NODE, node);
        }
        TreeMap<Approver, VerifyingKey> keys = new TreeMap<>();
        keys.put(new Approver.Node(node), known.certificate().key());
        return signedBy(keys, signed);
    }

    /// One of them signs, and if it is a node it is trusted now.
    private Verdict signedBy(SortedMap<Approver, VerifyingKey> keys, SignedChange signed) {
        Verdict verdict = Signatures.oneOf(keys, signed.approvals(), signed.digest(), verifier);
        return verdict.isAccepted() ? admitted(signed.approvals().list().getFirst()) : verdict;
    }

    /// A node speaks with the key that is registered now, whatever key a record lists of it.
    private Verdict admitted(Approval approval) {
        return approval.approver() instanceof Approver.Node(NodeId node)
                ? admitted(node, approval.key())
                : Verdict.accepted();
    }

    private Verdict admitted(NodeId node, VerifyingKey key) {
        RegisteredNode known = registry.nodes().get(node);
        if (known == null) {
            return Verdict.rejected(Fault.UNKNOWN_NODE, node);
        }
        return known.certificate().key().equals(key)
                ? admitted(known.certificate(), node)
                : Verdict.rejected(Fault.OUTDATED, node + " is registered with another key");
    }

    private Verdict admitted(Certificate certificate, NodeId node) {
        Organisation organisation = registry.organisations().get(node.organisation());
        return organisation == null
                ? unknown(node.organisation())
                : new Judge(verifier)
                        .identity(
                                certificate,
                                organisation.trusted(),
                                registry.revocations(),
                                Moment.now(now));
    }

    private Parsed<SignedChange> allSign(SignedChange signed, Approver approver, VerifyingKey key) {
        TreeMap<Approver, VerifyingKey> keys = new TreeMap<>();
        keys.put(approver, key);
        return Signatures.allOf(keys, signed.approvals(), signed.digest(), verifier)
                        instanceof Verdict.Rejected(Fault fault, String detail)
                ? Parsed.refused(fault, detail)
                : Parsed.of(signed);
    }

    private static Verdict unknown(OrganisationId organisation) {
        return Verdict.rejected(Fault.UNKNOWN_ORGANISATION, organisation);
    }
}
