package org.entente.registry;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Revocation;
import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/// Judges a change against the registry as it stands now. Who may sign is for [SignerCheck], what
/// is put to a vote for [ProposalCheck].
final class RegistryCheck {
    private final Registry registry;
    private final Instant now;
    private final Verifier verifier;
    private final SignerCheck signers;
    private final ProposalCheck proposals;

    RegistryCheck(Registry registry, Instant now, Verifier verifier) {
        this.registry = registry;
        this.now = now;
        this.verifier = verifier;
        this.signers = new SignerCheck(registry, now, verifier);
        this.proposals = new ProposalCheck(registry, now, verifier, signers);
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
            case Change.Proposed it -> proposals.proposed(it, signed);
            case Change.Approved it -> proposals.approved(it, signed);
            case Change.CertificateRevoked it -> revoked(it, signed);
            case Change.OpeningDemanded it -> demanded(it, signed);
            case Change.CertificateOpened it -> opened(it, signed);
            case Change.FlowPaused it -> proposals.ofAlliance(it.alliance(), signed);
            case Change.FlowResumed it -> proposals.ofAlliance(it.alliance(), signed);
        };
    }

    private Verdict enrolled(Change.OrganisationEnrolled it, SignedChange signed) {
        if (registry.organisations().containsKey(it.organisation())) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, it.organisation());
        }
        return authorities(it.organisation(), it.certificates(), 1)
                .then(next ->
                        signers.allSign(
                                signed, new Approver.Root(it.organisation()), next.root().key()))
                .verdict();
    }

    private Verdict rotated(Change.AuthoritiesRotated it, SignedChange signed) {
        Organisation organisation = registry.organisations().get(it.organisation());
        if (organisation == null) {
            return SignerCheck.unknown(it.organisation());
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
        return quota.isAccepted() ? signers.byOrganisation(it.owner(), signed) : quota;
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
                    verdict = signers.admitted(certificate, node.get());
                }
                yield verdict.isAccepted()
                        ? signers.allSign(signed, new Approver.Node(node.get()), certificate.key())
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
        return quota.isAccepted() ? signers.byNode(it.node(), signed) : quota;
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
                : signers.byNode(it.node(), signed);
    }

    private Verdict revoked(Change.CertificateRevoked it, SignedChange signed) {
        Revocation revocation = new Revocation(it.issuer(), it.serialNumber());
        if (registry.revocations().fromSerial().containsKey(revocation)) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, "it is revoked already");
        }
        Organisation organisation = registry.organisations().get(it.organisation());
        if (organisation == null) {
            return SignerCheck.unknown(it.organisation());
        }
        boolean own =
                organisation.generations().stream()
                        .flatMap(generation -> generation.all().stream())
                        .anyMatch(ca -> ca.digest().equals(it.issuer()));
        return own
                ? signers.byAuthority(organisation, signed)
                : Verdict.rejected(
                        Fault.NOT_YOURS, "no CA of " + it.organisation() + " is " + it.issuer());
    }

    private Verdict demanded(Change.OpeningDemanded it, SignedChange signed) {
        if (!registry.organisations().containsKey(it.organisation())) {
            return SignerCheck.unknown(it.organisation());
        }
        if (registry.demands().containsKey(signed.digest())) {
            return Verdict.rejected(Fault.ALREADY_EXISTS, "this was demanded before");
        }
        Verdict quota = Quota.DEMANDS.check(registry, it.auditor().organisation(), now);
        return quota.isAccepted() ? signers.byNode(it.auditor(), signed) : quota;
    }

    private Verdict opened(Change.CertificateOpened it, SignedChange signed) {
        Organisation organisation = registry.organisations().get(it.organisation());
        Demand demand = registry.demands().get(it.demand());
        if (organisation == null) {
            return SignerCheck.unknown(it.organisation());
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
                : signers.byAuthority(organisation, signed);
    }
}
