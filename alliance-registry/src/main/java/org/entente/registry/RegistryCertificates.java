package org.entente.registry;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.protocol.Parsed;

/// Between certificates as they travel, as they are judged and as an epoch record lists them.
public final class RegistryCertificates {
    private RegistryCertificates() {}

    public static Parsed<Authorities> authorities(CertificateSet set) {
        return Certificate.parse(set.root())
                .then(root ->
                        Certificate.parse(set.enrolment())
                                .then(enrolment ->
                                        Certificate.parse(set.transaction())
                                                .map(transaction ->
                                                        new Authorities(
                                                                root.organisation(),
                                                                root,
                                                                enrolment,
                                                                transaction))));
    }

    static Parsed<PartyAuthorities> listing(CertificateSet set) {
        return authorities(set).map(RegistryCertificates::listing);
    }

    public static PartyAuthorities listing(Authorities authorities) {
        return new PartyAuthorities(
                authorities.organisation(),
                listing(authorities.root()),
                listing(authorities.enrolment()),
                listing(authorities.transaction()));
    }

    public static CertificateSet set(Authorities authorities) {
        return new CertificateSet(
                authorities.root().der(),
                authorities.enrolment().der(),
                authorities.transaction().der());
    }

    private static PartyAuthorities.Authority listing(Certificate certificate) {
        return new PartyAuthorities.Authority(certificate.key(), certificate.digest());
    }
}
