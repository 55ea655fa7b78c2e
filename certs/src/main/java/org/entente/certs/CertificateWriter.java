package org.entente.certs;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.entente.protocol.Bytes;
import org.entente.protocol.Signature;
import org.entente.protocol.VerifyingKey;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/// Values → X.509 bytes, one form per value (docs/certificates.md §2).
final class CertificateWriter {
    static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    static final AlgorithmIdentifier P256_KEY =
            new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, X9ObjectIdentifiers.prime256v1);
    private static final Bytes UNCOMPRESSED = Bytes.fromHex("04");

    private CertificateWriter() {}

    static Bytes certificate(Bytes body, Signature signature) {
        return signed(body, signature);
    }

    /// The envelope that certificates, requests and lists share: body, algorithm, signature.
    static Bytes signed(Bytes body, Signature signature) {
        return Der.of(
                new DERSequence(
                        new ASN1Encodable[] {
                            ASN1Sequence.getInstance(body.toArray()),
                            ECDSA_WITH_SHA256,
                            new DERBitString(Der.of(signature).toArray())
                        }));
    }

    static Bytes body(CertificateBody body) {
        V3TBSCertificateGenerator writer = new V3TBSCertificateGenerator();
        writer.setSerialNumber(new ASN1Integer(new BigInteger(1, body.serialNumber().toArray())));
        writer.setSignature(ECDSA_WITH_SHA256);
        writer.setIssuer(X509Names.of(body.issuer()));
        writer.setStartDate(time(body.notBefore()));
        writer.setEndDate(time(body.notAfter()));
        writer.setSubject(X509Names.of(body.subject()));
        writer.setSubjectPublicKeyInfo(keyInfo(body.key()));
        writer.setExtensions(new Extensions(extensions(body).toArray(new Extension[0])));
        return Der.of(writer.generateTBSCertificate());
    }

    static Time time(Instant instant) {
        return new Time(Date.from(instant));
    }

    static SubjectPublicKeyInfo keyInfo(VerifyingKey key) {
        return new SubjectPublicKeyInfo(P256_KEY, UNCOMPRESSED.concat(key.bytes()).toArray());
    }

    private static List<Extension> extensions(CertificateBody body) {
        List<Extension> extensions = new ArrayList<>(usage(body.subject()));
        extensions.add(
                plain(
                        Extension.subjectKeyIdentifier,
                        new SubjectKeyIdentifier(KeyId.of(body.key()).toArray())));
        extensions.add(issuerKeyId(body.issuerKeyId()));
        extensions.add(plain(Extension.subjectAlternativeName, names(body.subject())));
        switch (body.subject()) {
            case Subject.Ca(CaName name) -> {
                if (name.kind() != CertificateKind.ROOT) {
                    extensions.add(onlyOwnNames(name));
                }
            }
            case Subject.Node _ -> {}
            case Subject.Holder holder ->
                    extensions.add(
                            plain(
                                    Oids.GRANT,
                                    new DEROctetString(
                                            Grant.FORMAT.encode(holder.grant()).toArray())));
        }
        return extensions;
    }

    private static List<Extension> usage(Subject subject) {
        return switch (subject.kind()) {
            case ROOT -> authority(1);
            case ENROLMENT_CA, TRANSACTION_CA -> authority(0);
            case IDENTITY ->
                    leaf(
                            plain(
                                    Extension.extendedKeyUsage,
                                    new ExtendedKeyUsage(
                                            new KeyPurposeId[] {
                                                KeyPurposeId.id_kp_clientAuth,
                                                KeyPurposeId.id_kp_serverAuth
                                            })));
            case TRANSACTION ->
                    leaf(
                            critical(
                                    Extension.extendedKeyUsage,
                                    new ExtendedKeyUsage(
                                            KeyPurposeId.getInstance(Oids.TRANSACTION_USAGE))));
        };
    }

    private static List<Extension> authority(int pathLength) {
        return List.of(
                critical(Extension.basicConstraints, new BasicConstraints(pathLength)),
                critical(
                        Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    }

    private static List<Extension> leaf(Extension extendedUsage) {
        return List.of(
                critical(Extension.basicConstraints, new BasicConstraints(false)),
                critical(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature)),
                extendedUsage);
    }

    /// Keeps software that is not ours from taking a foreign name from this CA.
    private static Extension onlyOwnNames(CaName name) {
        GeneralName own =
                new GeneralName(
                        GeneralName.uniformResourceIdentifier, name.organisation().domain());
        return critical(
                Extension.nameConstraints,
                new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(own)}, null));
    }

    static GeneralNames names(Subject subject) {
        List<GeneralName> names = new ArrayList<>();
        names.add(
                new GeneralName(
                        GeneralName.uniformResourceIdentifier, new DERIA5String(subject.uri())));
        if (subject instanceof Subject.Node(var _, var hosts)) {
            hosts.forEach(host -> names.add(name(host)));
        }
        return new GeneralNames(names.toArray(new GeneralName[0]));
    }

    private static GeneralName name(HostName host) {
        return new GeneralName(
                host.isAddress() ? GeneralName.iPAddress : GeneralName.dNSName, host.text());
    }

    static Extension issuerKeyId(Bytes keyId) {
        return plain(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(keyId.toArray()));
    }

    static Extension plain(ASN1ObjectIdentifier id, ASN1Encodable value) {
        return new Extension(id, false, Der.of(value).toArray());
    }

    private static Extension critical(ASN1ObjectIdentifier id, ASN1Encodable value) {
        return new Extension(id, true, Der.of(value).toArray());
    }
}
