package org.entente.certs;

import org.entente.protocol.OrganisationId;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name a CA has as issuer and as subject: `DC=example, DC=alpha, CN=enrolment CA 1`.
///
/// @param generation 1 for the first, one more with each rotation of the organisation's CA
public record CaName(OrganisationId organisation, CertificateKind kind, int generation) {
    public static final int GENERATION_MAX = 999_999;
    private static final Pattern FORM =
            Pattern.compile("(root|enrolment CA|transaction CA) ([1-9][0-9]{0,5})");

    public CaName {
        if (!kind.isAuthority()) {
            throw new IllegalArgumentException("no CA is of the kind " + kind);
        }
        if (generation < 1 || generation > GENERATION_MAX) {
            throw new IllegalArgumentException("no generation of a CA: " + generation);
        }
    }

    static CaName parse(OrganisationId organisation, String commonName) {
        Matcher form = FORM.matcher(commonName);
        if (!form.matches()) {
            throw new IllegalArgumentException("not the name of a CA");
        }
        CertificateKind kind =
                switch (form.group(1)) {
                    case "root" -> CertificateKind.ROOT;
                    case "enrolment CA" -> CertificateKind.ENROLMENT_CA;
                    default -> CertificateKind.TRANSACTION_CA;
                };
        return new CaName(organisation, kind, Integer.parseInt(form.group(2)));
    }

    String commonName() {
        return kind + " " + generation;
    }

    @Override
    public String toString() {
        return commonName() + " of " + organisation;
    }
}
