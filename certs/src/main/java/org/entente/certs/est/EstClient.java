package org.entente.certs.est;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.CertificateKind;
import org.entente.certs.Judge;
import org.entente.certs.Moment;
import org.entente.certs.Revocations;
import org.entente.certs.SigningRequest;
import org.entente.certs.Verifier;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The enrolling node's side: what it sends, and whether it may believe what comes back.
public final class EstClient {
    private final Verifier verifier;

    public EstClient(Verifier verifier) {
        this.verifier = verifier;
    }

    public static Bytes body(SigningRequest request) {
        return Est.encode(request.der());
    }

    /// Reads the answer to `cacerts`, oldest generation first. That it comes from the organisation
    /// at all is for the caller to know: by the digest of the newest root, given by the
    /// administrator.
    public Parsed<List<Authorities>> authorities(Bytes answer, OrganisationId organisation) {
        return Est.decode(answer, 2 * Est.ANSWER_SIZE_BYTES_MAX)
                .then(CertificateBag::decode)
                .then(certificates -> families(certificates, organisation));
    }

    private Parsed<List<Authorities>> families(
            List<Certificate> certificates, OrganisationId organisation) {
        List<Authorities> families = new ArrayList<>();
        for (Certificate root : of(certificates, CertificateKind.ROOT)) {
            Optional<Certificate> enrolment =
                    by(root, of(certificates, CertificateKind.ENROLMENT_CA));
            Optional<Certificate> transaction =
                    by(root, of(certificates, CertificateKind.TRANSACTION_CA));
            if (enrolment.isEmpty() || transaction.isEmpty()) {
                return Parsed.refused(Fault.MALFORMED, "the CAs of " + root + " are incomplete");
            }
            Authorities family =
                    new Authorities(organisation, root, enrolment.get(), transaction.get());
            if (family.check(verifier) instanceof Verdict.Rejected why) {
                return new Parsed.Refused<>(why);
            }
            families.add(family);
        }
        families.sort((one, other) -> Integer.compare(one.generation(), other.generation()));
        return families.isEmpty()
                ? Parsed.refused(Fault.MALFORMED, "no root is among the certificates")
                : Parsed.of(Collections.unmodifiableList(families));
    }

    /// Reads the answer to an enrolment: the certificate must be for this node and key, and hold.
    public Parsed<Certificate> enrolled(
            Bytes answer, NodeId node, VerifyingKey key, List<Authorities> trusted, Instant now) {
        return Est.decode(answer, Est.ANSWER_SIZE_BYTES_MAX)
                .then(CertificateBag::decode)
                .then(certificates ->
                        certificates.size() == 1
                                ? Parsed.of(certificates.getFirst())
                                : Parsed.refused(
                                        Fault.MALFORMED,
                                        "one certificate, not " + certificates.size()))
                .then(certificate -> fitting(certificate, node, key, trusted, now));
    }

    private Parsed<Certificate> fitting(
            Certificate certificate,
            NodeId node,
            VerifyingKey key,
            List<Authorities> trusted,
            Instant now) {
        if (!certificate.node().equals(Optional.of(node)) || !certificate.key().equals(key)) {
            return Parsed.refused(
                    Fault.INVALID_VALUE, certificate + " is not for " + node + " and its key");
        }
        Verdict verdict =
                new Judge(verifier)
                        .identity(certificate, trusted, Revocations.NONE, Moment.now(now));
        return verdict instanceof Verdict.Rejected why
                ? new Parsed.Refused<>(why)
                : Parsed.of(certificate);
    }

    private static List<Certificate> of(List<Certificate> certificates, CertificateKind kind) {
        return certificates.stream().filter(certificate -> certificate.kind() == kind).toList();
    }

    private static Optional<Certificate> by(Certificate root, List<Certificate> certificates) {
        return certificates.stream()
                .filter(certificate -> certificate.issuerKeyId().equals(root.keyId()))
                .filter(certificate -> certificate.issuer().equals(root.issuer()))
                .findFirst();
    }
}
