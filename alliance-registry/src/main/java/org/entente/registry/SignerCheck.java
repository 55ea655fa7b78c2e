package org.entente.registry;

import org.entente.certs.Certificate;
import org.entente.certs.Judge;
import org.entente.certs.Moment;
import org.entente.certs.Verifier;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whether a change is signed by whom it must be, and whether that one is trusted now.
record SignerCheck(Registry registry, Instant now, Verifier verifier) {

    /// By the responsible CA, or the root key, of the organisation.
    Verdict byAuthority(Organisation organisation, SignedChange signed) {
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
    Verdict byOrganisation(OrganisationId id, SignedChange signed) {
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

    Verdict byNode(NodeId node, SignedChange signed) {
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
    Verdict admitted(Approval approval) {
        return approval.approver() instanceof Approver.Node(NodeId node)
                ? admitted(node, approval.key())
                : Verdict.accepted();
    }

    Verdict admitted(NodeId node, VerifyingKey key) {
        RegisteredNode known = registry.nodes().get(node);
        if (known == null) {
            return Verdict.rejected(Fault.UNKNOWN_NODE, node);
        }
        return known.certificate().key().equals(key)
                ? admitted(known.certificate(), node)
                : Verdict.rejected(Fault.OUTDATED, node + " is registered with another key");
    }

    Verdict admitted(Certificate certificate, NodeId node) {
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

    Parsed<SignedChange> allSign(SignedChange signed, Approver approver, VerifyingKey key) {
        TreeMap<Approver, VerifyingKey> keys = new TreeMap<>();
        keys.put(approver, key);
        return Signatures.allOf(keys, signed.approvals(), signed.digest(), verifier)
                        instanceof Verdict.Rejected(Fault fault, String detail)
                ? Parsed.refused(fault, detail)
                : Parsed.of(signed);
    }

    static Verdict unknown(OrganisationId organisation) {
        return Verdict.rejected(Fault.UNKNOWN_ORGANISATION, organisation);
    }
}
