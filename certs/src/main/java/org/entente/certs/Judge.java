package org.entente.certs;

import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import java.util.Collection;
import java.util.Optional;

/// Whether a certificate holds at a moment, for a use (protocol.md §2).
///
/// The authorities handed in are those in force at that moment, each accepted by
/// [Authorities#check] before; their own signatures are not verified again.
public final class Judge {
    private final Verifier verifier;

    public Judge(Verifier verifier) {
        this.verifier = verifier;
    }

    /// Lets a node communicate, propose, endorse, seal and govern.
    public Verdict identity(
            Certificate certificate,
            Collection<Authorities> trusted,
            Revocations revocations,
            Moment at) {
        return judge(CertificateKind.IDENTITY, certificate, trusted, revocations, at);
    }

    /// Lets a holder sign requests at all; for which flow is for the judgement of a [Use].
    public Verdict transaction(
            Certificate certificate,
            Collection<Authorities> trusted,
            Revocations revocations,
            Moment at) {
        return judge(CertificateKind.TRANSACTION, certificate, trusted, revocations, at);
    }

    /// Lets a holder ask for an exchange in one flow.
    public Verdict transaction(
            Certificate certificate,
            Use use,
            Collection<Authorities> trusted,
            Revocations revocations,
            Moment at) {
        Verdict verdict = transaction(certificate, trusted, revocations, at);
        return verdict.isAccepted() ? use.isCoveredBy(certificate) : verdict;
    }

    private Verdict judge(
            CertificateKind kind,
            Certificate certificate,
            Collection<Authorities> trusted,
            Revocations revocations,
            Moment at) {
        if (certificate.kind() != kind) {
            return Verdict.rejected(
                    Fault.WRONG_USAGE,
                    "a certificate of the kind " + kind + ", not " + certificate);
        }
        // Said of the names alone: also when the CA that it names is not among the trusted.
        if (!certificate.organisation().equals(certificate.issuer().organisation())) {
            return Verdict.rejected(
                    Fault.FOREIGN_TRUST_DOMAIN,
                    certificate + " speaks for " + certificate.organisation());
        }
        Optional<Authorities> family =
                trusted.stream().filter(ca -> ca.issuerOf(certificate).isPresent()).findFirst();
        return family.isPresent()
                ? judge(certificate, family.get(), revocations, at)
                : Verdict.rejected(
                        Fault.UNTRUSTED_ISSUER, certificate + ": no such CA is registered");
    }

    private Verdict judge(
            Certificate certificate, Authorities family, Revocations revocations, Moment at) {
        Certificate issuer = family.issuerOf(certificate).orElseThrow();
        if (issuer.kind() != certificate.kind().issuer()) {
            return Verdict.rejected(
                    Fault.WRONG_USAGE, certificate + " is issued by the " + issuer.kind());
        }
        Verdict verdict = standing(certificate, issuer, revocations, at);
        if (verdict.isAccepted()) {
            verdict = standing(issuer, family.root(), revocations, at);
        }
        if (verdict.isAccepted()) {
            verdict = validity(family.root(), at);
        }
        // The costly check comes last; no verdict depends on which of two defects is named.
        return verdict.isAccepted() && !certificate.isSignedBy(issuer.key(), verifier)
                ? Verdict.rejected(
                        Fault.BAD_SIGNATURE, certificate + " is not signed by that CA's key")
                : verdict;
    }

    private static Verdict standing(
            Certificate certificate, Certificate issuer, Revocations revocations, Moment at) {
        Verdict verdict = validity(certificate, at);
        Revocation revocation = new Revocation(issuer.digest(), certificate.serialNumber());
        return verdict.isAccepted() && revocations.contains(revocation, at)
                ? Verdict.rejected(Fault.CERTIFICATE_REVOKED, certificate + " is revoked")
                : verdict;
    }

    /// Both ends of the validity belong to it (RFC 5280 §4.1.2.5).
    private static Verdict validity(Certificate certificate, Moment at) {
        if (at.time().isBefore(certificate.notBefore())) {
            return Verdict.rejected(
                    Fault.CERTIFICATE_NOT_YET_VALID,
                    certificate + " begins " + certificate.notBefore() + ", it is " + at.time());
        }
        if (at.time().isAfter(certificate.notAfter())) {
            return Verdict.rejected(
                    Fault.CERTIFICATE_EXPIRED,
                    certificate + " ended " + certificate.notAfter() + ", it is " + at.time());
        }
        return Verdict.accepted();
    }
}
