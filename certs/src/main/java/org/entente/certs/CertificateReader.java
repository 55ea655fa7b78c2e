package org.entente.certs;

import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.entente.protocol.Bytes;
import org.entente.protocol.NodeId;
import org.entente.protocol.OrganisationId;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;

import java.util.SortedSet;
import java.util.TreeSet;

/// X.509 bytes → values. Takes what the profiles need and leaves the rest unread: whether there was
/// any is seen when the bytes are rebuilt from the values ([Certificate#parse]).
final class CertificateReader {
    record Read(CertificateBody body, Signature signature) {}

    private static final String OUR_SCHEME = "spiffe://";

    private CertificateReader() {}

    static Read read(ASN1Sequence source) {
        var certificate = org.bouncycastle.asn1.x509.Certificate.getInstance(source);
        TBSCertificate body = certificate.getTBSCertificate();
        return new Read(
                new CertificateBody(
                        serialNumber(body),
                        X509Names.ca(body.getIssuer()),
                        issuerKeyId(body.getExtensions()),
                        body.getStartDate().getDate().toInstant(),
                        body.getEndDate().getDate().toInstant(),
                        key(body.getSubjectPublicKeyInfo()),
                        subject(body)),
                signature(certificate.getSignature().getOctets()));
    }

    static Signature signature(byte[] der) {
        return Der.signature(Bytes.copyOf(der));
    }

    static VerifyingKey key(SubjectPublicKeyInfo info) {
        if (!info.getAlgorithm().equals(CertificateWriter.P256_KEY)) {
            throw new IllegalArgumentException("the key is not one of P-256");
        }
        byte[] point = info.getPublicKeyData().getOctets();
        if (point.length != 1 + VerifyingKey.SIZE_BYTES || point[0] != 4) {
            throw new IllegalArgumentException("the key is not an uncompressed point of P-256");
        }
        return new VerifyingKey(Bytes.copyOf(point, 1, point.length));
    }

    static Bytes issuerKeyId(Extensions extensions) {
        AuthorityKeyIdentifier id =
                AuthorityKeyIdentifier.getInstance(
                        value(extensions, Extension.authorityKeyIdentifier));
        return Bytes.copyOf(id.getKeyIdentifierOctets());
    }

    static SortedSet<HostName> hosts(GeneralNames names) {
        SortedSet<HostName> hosts = new TreeSet<>();
        for (GeneralName name : names.getNames()) {
            switch (name.getTagNo()) {
                case GeneralName.dNSName -> hosts.add(new HostName(text(name)));
                case GeneralName.iPAddress ->
                        hosts.add(
                                HostName.ofAddress(
                                        Bytes.copyOf(
                                                ASN1OctetString.getInstance(name.getName())
                                                        .getOctets())));
                default -> {}
            }
        }
        return Sorted.copyOf(hosts);
    }

    static String text(GeneralName name) {
        return ASN1IA5String.getInstance(name.getName()).getString();
    }

    static byte[] value(Extensions extensions, ASN1ObjectIdentifier id) {
        Extension extension = extensions.getExtension(id);
        if (extension == null) {
            throw new IllegalArgumentException("the extension " + id + " is missing");
        }
        return extension.getExtnValue().getOctets();
    }

    private static Bytes serialNumber(TBSCertificate body) {
        return Bytes.copyOf(body.getSerialNumber().getPositiveValue().toByteArray());
    }

    private static Subject subject(TBSCertificate body) {
        Extensions extensions = body.getExtensions();
        GeneralNames names =
                GeneralNames.getInstance(value(extensions, Extension.subjectAlternativeName));
        String uri = text(names.getNames()[0]);
        if (uri.contains("/node/")) {
            return new Subject.Node(NodeId.parse(uri), hosts(names));
        }
        if (extensions.getExtension(Oids.GRANT) != null) {
            return holder(body, extensions, uri);
        }
        return new Subject.Ca(X509Names.ca(body.getSubject()));
    }

    private static Subject holder(TBSCertificate body, Extensions extensions, String uri) {
        Bytes grant =
                Bytes.copyOf(
                        ASN1OctetString.getInstance(value(extensions, Oids.GRANT)).getOctets());
        if (!uri.startsWith(OUR_SCHEME) || uri.indexOf('/', OUR_SCHEME.length()) < 0) {
            throw new IllegalArgumentException("not a name of a transaction certificate: " + uri);
        }
        return new Subject.Holder(
                new OrganisationId(
                        uri.substring(OUR_SCHEME.length(), uri.indexOf('/', OUR_SCHEME.length()))),
                Bytes.fromHex(X509Names.commonName(body.getSubject())),
                Grant.FORMAT.decode(grant).orThrow());
    }
}
