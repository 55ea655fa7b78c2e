package org.entente.certs;

import org.entente.protocol.Fault;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Verdict;

import java.util.List;
import java.util.Optional;

/// One generation of an organisation's CAs: the root and what it certified (protocol.md §2.1).
///
/// Holding one proves nothing; [#check] does, once, when an organisation or a rotation is taken in.
public record Authorities(
        OrganisationId organisation,
        Certificate root,
        Certificate enrolment,
        Certificate transaction) {

    /// Whether the three are what they say and belong together. Says nothing about time and
    /// revocation, which depend on the moment ([Judge]).
    public Verdict check(Verifier verifier) {
        Verdict verdict = check(root, CertificateKind.ROOT, verifier);
        if (verdict.isAccepted()) {
            verdict = check(enrolment, CertificateKind.ENROLMENT_CA, verifier);
        }
        if (verdict.isAccepted()) {
            verdict = check(transaction, CertificateKind.TRANSACTION_CA, verifier);
        }
        return verdict;
    }

    private Verdict check(Certificate certificate, CertificateKind kind, Verifier verifier) {
        if (certificate.kind() != kind) {
            return Verdict.rejected(
                    Fault.WRONG_USAGE,
                    "a certificate of the kind " + kind + ", not " + certificate);
        }
        if (!certificate.organisation().equals(organisation)
                || !certificate.issuer().organisation().equals(organisation)) {
            return Verdict.rejected(
                    Fault.FOREIGN_TRUST_DOMAIN,
                    certificate + " speaks for another than " + organisation);
        }
        if (!certificate.issuer().equals(name(root))
                || !certificate.issuerKeyId().equals(root.keyId())
                || name(certificate).generation() != generation()) {
            return Verdict.rejected(
                    Fault.UNTRUSTED_ISSUER, certificate + " is not of the root " + name(root));
        }
        if (!certificate.isSignedBy(root.key(), verifier)) {
            return Verdict.rejected(
                    Fault.BAD_SIGNATURE, certificate + " is not signed by the root's key");
        }
        return Verdict.accepted();
    }

    public int generation() {
        return name(root).generation();
    }

    public List<Certificate> all() {
        return List.of(root, enrolment, transaction);
    }

    /// The CA that a certificate names as its issuer, if it is one of these.
    public Optional<Certificate> issuerOf(Certificate certificate) {
        return all().stream()
                .filter(ca -> ca.keyId().equals(certificate.issuerKeyId()))
                .filter(ca -> name(ca).equals(certificate.issuer()))
                .findFirst();
    }

    private static CaName name(Certificate ca) {
        return ca.ca().orElseThrow(() -> new IllegalStateException(ca + " is no CA's"));
    }
}
