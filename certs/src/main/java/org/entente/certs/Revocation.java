package org.entente.certs;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;

import java.util.Comparator;

/// Names one certificate as no longer to be trusted.
///
/// @param issuer the digest of the CA's certificate; serial numbers are unique only within one
public record Revocation(Digest issuer, Bytes serialNumber) implements Comparable<Revocation> {
    private static final Comparator<Revocation> ORDER =
            Comparator.comparing(Revocation::issuer).thenComparing(Revocation::serialNumber);

    public Revocation {
        CertificateBody.requireSerialNumber(serialNumber);
    }

    @Override
    public int compareTo(Revocation other) {
        return ORDER.compare(this, other);
    }
}
