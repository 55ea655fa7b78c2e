package org.entente.certs.issue;

import org.entente.certs.Authorities;
import org.entente.certs.CaName;
import org.entente.certs.Certificate;
import org.entente.certs.CertificateBody;
import org.entente.certs.CertificateKind;
import org.entente.certs.KeyId;
import org.entente.certs.Signer;
import org.entente.certs.Subject;
import org.entente.protocol.OrganisationId;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One generation of an organisation's CAs together with their keys. A rotation makes the next; old
/// and new root sign that it does (a change of the registry).
public record Generation(
        Authorities authorities, Signer root, Signer enrolment, Signer transaction) {
    private static final Duration ROOT_LIFETIME = Duration.ofDays(3652);
    private static final Duration CA_LIFETIME = Duration.ofDays(1095);

    /// So that a peer whose clock is behind takes what a new CA issues at once.
    private static final Duration BACKDATED = Duration.ofHours(1);

    public Generation {
        if (!root.key().equals(authorities.root().key())
                || !enrolment.key().equals(authorities.enrolment().key())
                || !transaction.key().equals(authorities.transaction().key())) {
            throw new IllegalArgumentException("keys and certificates do not belong together");
        }
    }

    public static Generation create(
            OrganisationId organisation,
            int number,
            Signer root,
            Signer enrolment,
            Signer transaction,
            SecureRandom random,
            Instant now) {
        Instant from = now.truncatedTo(ChronoUnit.HOURS).minus(BACKDATED);
        CaName rootName = new CaName(organisation, CertificateKind.ROOT, number);
        return new Generation(
                new Authorities(
                        organisation,
                        certify(CertificateKind.ROOT, root, root, rootName, random, from),
                        certify(
                                CertificateKind.ENROLMENT_CA,
                                enrolment,
                                root,
                                rootName,
                                random,
                                from),
                        certify(
                                CertificateKind.TRANSACTION_CA,
                                transaction,
                                root,
                                rootName,
                                random,
                                from)),
                root,
                enrolment,
                transaction);
    }

    private static Certificate certify(
            CertificateKind kind,
            Signer subject,
            Signer root,
            CaName rootName,
            SecureRandom random,
            Instant from) {
        Duration lifetime = kind == CertificateKind.ROOT ? ROOT_LIFETIME : CA_LIFETIME;
        return Certificate.issue(
                new CertificateBody(
                        Fresh.serialNumber(random),
                        rootName,
                        KeyId.of(root.key()),
                        from,
                        from.plus(lifetime),
                        subject.key(),
                        new Subject.Ca(
                                new CaName(rootName.organisation(), kind, rootName.generation()))),
                root);
    }

    public int number() {
        return authorities.generation();
    }

    Signer signer(CertificateKind ca) {
        return switch (ca) {
            case ROOT -> root;
            case ENROLMENT_CA -> enrolment;
            case TRANSACTION_CA -> transaction;
            case IDENTITY, TRANSACTION ->
                    throw new IllegalArgumentException("not a kind of CA: " + ca);
        };
    }

    @Override
    public String toString() {
        return "generation " + number() + " of " + authorities.organisation();
    }
}
