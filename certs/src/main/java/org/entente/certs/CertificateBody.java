package org.entente.certs;

import org.entente.protocol.Bytes;
import org.entente.protocol.VerifyingKey;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What a CA signs, as values (docs/certificates.md §2). Its X.509 bytes follow from it alone, so a
/// certificate that says anything more, less or otherwise is none of ours.
public record CertificateBody(
        Bytes serialNumber,
        CaName issuer,
        Bytes issuerKeyId,
        Instant notBefore,
        Instant notAfter,
        VerifyingKey key,
        Subject subject) {
    /// 16 random bytes, the first two bits 01: positive and of one size.
    public static final int SERIAL_NUMBER_SIZE_BYTES = 16;

    public static final int KEY_ID_SIZE_BYTES = 20;
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    public CertificateBody {
        requireSerialNumber(serialNumber);
        if (issuerKeyId.size() != KEY_ID_SIZE_BYTES) {
            throw new IllegalArgumentException("a key id has 20 bytes, not " + issuerKeyId.size());
        }
        if (issuer.kind() != subject.kind().issuer()) {
            throw new IllegalArgumentException(
                    "a certificate of the kind " + subject.kind() + " by the " + issuer);
        }
        requireValidity(subject.kind(), notBefore, notAfter);
    }

    public static void requireSerialNumber(Bytes serialNumber) {
        if (serialNumber.size() != SERIAL_NUMBER_SIZE_BYTES
                || (serialNumber.at(0) & 0xc0) != 0x40) {
            throw new IllegalArgumentException(
                    "a serial number has 16 bytes that begin with the bits 01, not "
                            + serialNumber);
        }
    }

    private static void requireValidity(CertificateKind kind, Instant from, Instant to) {
        ChronoUnit unit = kind == CertificateKind.IDENTITY ? ChronoUnit.SECONDS : ChronoUnit.HOURS;
        if (!from.truncatedTo(unit).equals(from) || !to.truncatedTo(unit).equals(to)) {
            throw new IllegalArgumentException(
                    "the validity of the kind " + kind + " counts in whole " + unit);
        }
        if (from.isBefore(Instant.EPOCH) || !to.isBefore(YEAR_10000) || !from.isBefore(to)) {
            throw new IllegalArgumentException("not a validity: " + from + " to " + to);
        }
        Duration lifetime = Duration.between(from, to);
        boolean fits =
                kind == CertificateKind.TRANSACTION
                        ? lifetime.equals(kind.lifetimeMax())
                        : lifetime.compareTo(kind.lifetimeMax()) <= 0;
        if (!fits) {
            throw new IllegalArgumentException(
                    "a lifetime of " + lifetime + " does not fit the kind " + kind);
        }
    }

    public CertificateKind kind() {
        return subject.kind();
    }
}
