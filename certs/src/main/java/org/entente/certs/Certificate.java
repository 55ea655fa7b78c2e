package org.entente.certs;

import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import java.time.Instant;
import java.util.Optional;

/// A certificate of one of our profiles, parsed once. To hold one proves its form, not its truth:
/// that is for the [Judge].
public final class Certificate {
    public static final int SIZE_BYTES_MAX = 8 * 1024;

    private final Bytes der;
    private final CertificateBody body;
    private final Signature signature;
    private final Digest signed;
    private final Digest digest;

    private Certificate(Bytes der, CertificateBody body, Bytes signed, Signature signature) {
        this.der = der;
        this.body = body;
        this.signature = signature;
        this.signed = Digest.of(signed);
        this.digest = Digest.of(der);
    }

    /// Takes the exact DER bytes of one of the profiles. The bytes are rebuilt from what was read
    /// and must be the same, so unknown extensions, other orders, other encodings and the high-S
    /// twin of a signature are all refused.
    public static Parsed<Certificate> parse(Bytes der) {
        if (der.size() > SIZE_BYTES_MAX) {
            return Parsed.refused(
                    Fault.CERTIFICATE_MALFORMED,
                    der.size() + " bytes where " + SIZE_BYTES_MAX + " are allowed");
        }
        return ParsedCertificates.find(der)
                .map(Parsed::of)
                .orElseGet(() ->
                        Der.read(
                                        der,
                                        "certificate",
                                        Fault.CERTIFICATE_MALFORMED,
                                        CertificateReader::read)
                                .then(read -> same(der, certificate(read.body(), read.signature())))
                                .map(ParsedCertificates::remembered));
    }

    /// Makes a certificate true: whoever calls this has decided that it may be.
    public static Certificate issue(CertificateBody body, Signer issuer) {
        Bytes signed = CertificateWriter.body(body);
        return certificate(body, issuer.sign(Digest.of(signed)));
    }

    private static Certificate certificate(CertificateBody body, Signature signature) {
        Bytes signed = CertificateWriter.body(body);
        return new Certificate(
                CertificateWriter.certificate(signed, signature), body, signed, signature);
    }

    private static Parsed<Certificate> same(Bytes der, Certificate rebuilt) {
        return rebuilt.der.equals(der)
                ? Parsed.of(rebuilt)
                : Parsed.refused(
                        Fault.CERTIFICATE_MALFORMED,
                        "not exactly the profile of the kind " + rebuilt.kind());
    }

    public Bytes der() {
        return der;
    }

    public CertificateBody body() {
        return body;
    }

    public Signature signature() {
        return signature;
    }

    /// The SHA-256 of the DER bytes: how signed objects name a certificate.
    public Digest digest() {
        return digest;
    }

    public boolean isSignedBy(VerifyingKey issuer, Verifier verifier) {
        return verifier.verify(issuer, signed, signature);
    }

    public CertificateKind kind() {
        return body.kind();
    }

    /// Whom the certificate speaks for; whether its issuer may say so is for the [Judge].
    public OrganisationId organisation() {
        return body.subject().organisation();
    }

    public CaName issuer() {
        return body.issuer();
    }

    public Bytes issuerKeyId() {
        return body.issuerKeyId();
    }

    public Bytes keyId() {
        return KeyId.of(body.key());
    }

    public VerifyingKey key() {
        return body.key();
    }

    public Bytes serialNumber() {
        return body.serialNumber();
    }

    public Instant notBefore() {
        return body.notBefore();
    }

    public Instant notAfter() {
        return body.notAfter();
    }

    /// The CA's own name, when it is a CA's certificate.
    public Optional<CaName> ca() {
        return body.subject() instanceof Subject.Ca(CaName name)
                ? Optional.of(name)
                : Optional.empty();
    }

    public Optional<NodeId> node() {
        return body.subject() instanceof Subject.Node(NodeId id, var _)
                ? Optional.of(id)
                : Optional.empty();
    }

    public Optional<Grant> grant() {
        return body.subject() instanceof Subject.Holder(var _, var _, Grant grant)
                ? Optional.of(grant)
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate certificate && der.equals(certificate.der);
    }

    @Override
    public int hashCode() {
        return der.hashCode();
    }

    @Override
    public String toString() {
        return kind() + " certificate " + serialNumber() + " by " + issuer();
    }
}
