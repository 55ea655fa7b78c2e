package org.entente.certs;

import java.time.Duration;
import java.util.Optional;

/// The five certificates there are, each with its own profile (docs/certificates.md §2).
public enum CertificateKind {
    ROOT("root", Duration.ofDays(3653)),
    ENROLMENT_CA("enrolment CA", Duration.ofDays(1096)),
    TRANSACTION_CA("transaction CA", Duration.ofDays(1096)),
    IDENTITY("identity", Duration.ofDays(366)),
    TRANSACTION("transaction", Duration.ofHours(24));

    private final String word;
    private final Duration lifetimeMax;

    CertificateKind(String word, Duration lifetimeMax) {
        this.word = word;
        this.lifetimeMax = lifetimeMax;
    }

    public Duration lifetimeMax() {
        return lifetimeMax;
    }

    public boolean isAuthority() {
        return issued().isPresent() || this == ROOT;
    }

    /// The kind of the CA that certifies this kind; a root certifies itself.
    public CertificateKind issuer() {
        return switch (this) {
            case ROOT, ENROLMENT_CA, TRANSACTION_CA -> ROOT;
            case IDENTITY -> ENROLMENT_CA;
            case TRANSACTION -> TRANSACTION_CA;
        };
    }

    /// What a subordinate CA certifies.
    public Optional<CertificateKind> issued() {
        return switch (this) {
            case ENROLMENT_CA -> Optional.of(IDENTITY);
            case TRANSACTION_CA -> Optional.of(TRANSACTION);
            case ROOT, IDENTITY, TRANSACTION -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
