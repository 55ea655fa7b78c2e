package org.entente.certs.issue;

import org.entente.certs.Certificate;
import org.entente.certs.CertificateBody;
import org.entente.certs.CertificateKind;
import org.entente.certs.Der;
import org.entente.certs.Grant;
import org.entente.certs.HostName;
import org.entente.certs.KeyId;
import org.entente.certs.SigningRequest;
import org.entente.certs.Subject;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Makes the leaves of the newest generation; who may have them is decided before.
final class CertificateIssuer {
    private static final Duration IDENTITY_LIFETIME = Duration.ofDays(365);

    /// So that a peer whose clock is behind takes a new certificate at once.
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    /// An ECDSA signature in DER has 71 bytes half of the time, else fewer or more.
    private static final int SIGNATURE_SIZE_BYTES = 71;

    private static final int DRAWS_MAX = 128;

    private final Generation generation;
    private final OrganisationId organisation;
    private final SecureRandom random;

    CertificateIssuer(Generation generation, SecureRandom random) {
        this.generation = generation;
        this.organisation = generation.authorities().organisation();
        this.random = random;
    }

    Parsed<Certificate> identity(
            NodeId node, SortedSet<HostName> hostsAllowed, SigningRequest request, Instant now) {
        Certificate ca = generation.authorities().enrolment();
        Optional<String> objection = objection(node, hostsAllowed, request);
        if (objection.isPresent()) {
            return Parsed.refused(Fault.INVALID_VALUE, objection.get());
        }
        Instant from = now.truncatedTo(ChronoUnit.SECONDS).minus(BACKDATED);
        Instant to = earlier(from.plus(IDENTITY_LIFETIME), ca.notAfter());
        if (!now.isBefore(to)) {
            return ended(ca);
        }
        return Parsed.of(
                Certificate.issue(
                        body(ca, from, to, request.key(), new Subject.Node(node, request.hosts())),
                        generation.enrolment()));
    }

    /// Each request must name the node it is authorised for, and nothing beyond.
    private static Optional<String> objection(
            NodeId node, SortedSet<HostName> hostsAllowed, SigningRequest request) {
        if (request.commonName().isEmpty() && request.uri().isEmpty()) {
            return Optional.of("the request names no node; " + node + " is authorised");
        }
        if (!request.commonName().map(node.name().text()::equals).orElse(true)) {
            return Optional.of(
                    "the request's CN is '"
                            + request.commonName().orElseThrow()
                            + "', authorised is "
                            + node.name());
        }
        if (!request.uri().map(node.uri()::equals).orElse(true)) {
            return Optional.of(
                    "the request's URI is '"
                            + request.uri().orElseThrow()
                            + "', authorised is "
                            + node.uri());
        }
        return request.hosts().stream()
                .filter(host -> !hostsAllowed.contains(host))
                .findFirst()
                .map(host -> "the host name " + host + " is not authorised for " + node);
    }

    Parsed<List<Certificate>> batch(
            Grant grant, List<SigningRequest> requests, LedgerState state, Instant now) {
        if (requests.isEmpty() || requests.size() > CertificateAuthority.BATCH_MAX) {
            return Parsed.refused(
                    Fault.TOO_LARGE,
                    "a batch has 1 to "
                            + CertificateAuthority.BATCH_MAX
                            + " requests, not "
                            + requests.size());
        }
        SortedSet<VerifyingKey> keys = new TreeSet<>();
        state.identities((_, identity) -> keys.add(identity.key()));
        for (SigningRequest request : requests) {
            if (!keys.add(request.key())) {
                return Parsed.refused(
                        Fault.INVALID_VALUE,
                        "a key that is used elsewhere would link its certificates; make a fresh one"
                                + " for each");
            }
        }
        Certificate ca = generation.authorities().transaction();
        Instant from = now.truncatedTo(ChronoUnit.HOURS);
        Instant to = from.plus(CertificateKind.TRANSACTION.lifetimeMax());
        if (to.isAfter(ca.notAfter())) {
            return ended(ca);
        }
        List<Certificate> batch = new ArrayList<>();
        requests.forEach(request -> batch.add(transaction(ca, from, to, request.key(), grant)));
        Collections.shuffle(batch, random);
        return Parsed.of(Collections.unmodifiableList(batch));
    }

    /// Draws until the signature has the common size, so that sizes tell nothing.
    private Certificate transaction(
            Certificate ca, Instant from, Instant to, VerifyingKey key, Grant grant) {
        for (int draw = 0; draw < DRAWS_MAX; draw++) {
            Subject holder = new Subject.Holder(organisation, Fresh.pseudonym(random), grant);
            Certificate certificate =
                    Certificate.issue(body(ca, from, to, key, holder), generation.transaction());
            if (Der.of(certificate.signature()).size() == SIGNATURE_SIZE_BYTES) {
                return certificate;
            }
        }
        throw new IllegalStateException(
                "no signature of " + SIGNATURE_SIZE_BYTES + " bytes in " + DRAWS_MAX + " draws");
    }

    private CertificateBody body(
            Certificate ca, Instant from, Instant to, VerifyingKey key, Subject subject) {
        return new CertificateBody(
                Fresh.serialNumber(random),
                ca.ca().orElseThrow(),
                KeyId.of(ca.key()),
                from,
                to,
                key,
                subject);
    }

    private static <T> Parsed<T> ended(Certificate ca) {
        return Parsed.refused(
                Fault.CERTIFICATE_EXPIRED,
                "the " + ca.kind() + " ends " + ca.notAfter() + "; rotate the organisation's CA");
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
