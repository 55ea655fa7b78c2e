package org.entente.registry.http;

import org.entente.certs.Authorities;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.OrganisationId;
import org.entente.registry.Organisation;

/// @param root the newest root certificate as DER, and beside it the CAs under it
record OrganisationView(
        OrganisationId organisation,
        String title,
        int generation,
        Digest rootDigest,
        Bytes root,
        Bytes enrolment,
        Bytes transaction,
        long since) {
    static OrganisationView of(Organisation organisation) {
        Authorities newest = organisation.newest();
        return new OrganisationView(
                organisation.id(),
                organisation.title(),
                newest.generation(),
                newest.root().digest(),
                newest.root().der(),
                newest.enrolment().der(),
                newest.transaction().der(),
                organisation.since());
    }
}
