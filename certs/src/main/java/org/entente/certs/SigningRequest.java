package org.entente.certs;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// A PKCS#10 request (RFC 2986) whose sender has shown that it holds the key.
///
/// Of the requested names only these are read: one CN, one URI, DNS names and IP addresses. Every
/// other wish (usages, constraints) is the CA's to decide and is passed over. The signature may be
/// high-S, as openssl makes it: it proves possession and is not kept.
public final class SigningRequest {
    public static final int SIZE_BYTES_MAX = 8 * 1024;

    private final Bytes der;
    private final VerifyingKey key;
    private final Optional<String> commonName;
    private final Optional<String> uri;
    private final SortedSet<HostName> hosts;

    private SigningRequest(
            Bytes der,
            VerifyingKey key,
            Optional<String> commonName,
            Optional<GeneralNames> names) {
        this.der = der;
        this.key = key;
        this.commonName = commonName;
        this.uri = names.flatMap(SigningRequest::uri);
        this.hosts =
                names.map(CertificateReader::hosts)
                        .orElseGet(() -> Sorted.copyOf(List.<HostName>of()));
    }

    private record Read(SigningRequest request, Bytes rebuilt, Bytes signed, Signature signature) {}

    public static Parsed<SigningRequest> parse(Bytes der, Verifier verifier) {
        if (der.size() > SIZE_BYTES_MAX) {
            return Parsed.refused(
                    Fault.TOO_LARGE,
                    "a request of " + der.size() + " bytes; " + SIZE_BYTES_MAX + " are allowed");
        }
        return Der.read(der, "certificate request", Fault.MALFORMED, source -> read(der, source))
                .then(read -> check(der, read, verifier));
    }

    private static Parsed<SigningRequest> check(Bytes der, Read read, Verifier verifier) {
        if (!read.rebuilt().equals(der)) {
            return Parsed.refused(Fault.MALFORMED, "a certificate request that is not in DER");
        }
        return verifier.verify(read.request().key(), Digest.of(read.signed()), read.signature())
                ? Parsed.of(read.request())
                : Parsed.refused(
                        Fault.BAD_SIGNATURE,
                        "the certificate request is not signed by the key it names");
    }

    /// A node's request for an identity certificate.
    public static SigningRequest forNode(NodeId node, SortedSet<HostName> hosts, Signer signer) {
        GeneralNames names = CertificateWriter.names(new Subject.Node(node, hosts));
        Extension wish = CertificateWriter.plain(Extension.subjectAlternativeName, names);
        return make(
                X509Names.of(node.organisation(), node.name().text()),
                new DERSet(
                        new Attribute(
                                PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                                new DERSet(new Extensions(wish)))),
                signer);
    }

    /// A holder's request for one transaction certificate: a key and nothing else.
    public static SigningRequest anonymous(Signer signer) {
        return make(new X500Name(new RDN[0]), new DERSet(), signer);
    }

    private static SigningRequest make(X500Name subject, DERSet attributes, Signer signer) {
        Bytes body =
                Der.of(
                        new CertificationRequestInfo(
                                subject, CertificateWriter.keyInfo(signer.key()), attributes));
        Signature signature = signer.sign(Digest.of(body));
        Bytes der = CertificateWriter.signed(body, signature);
        return read(der, ASN1Sequence.getInstance(der.toArray())).request();
    }

    private static Read read(Bytes der, ASN1Sequence source) {
        CertificationRequest request = CertificationRequest.getInstance(source);
        CertificationRequestInfo info = request.getCertificationRequestInfo();
        if (!info.getVersion().equals(new ASN1Integer(0))) {
            throw new IllegalArgumentException("an unknown version " + info.getVersion());
        }
        if (!request.getSignatureAlgorithm().equals(CertificateWriter.ECDSA_WITH_SHA256)) {
            throw new IllegalArgumentException("not signed by ecdsa-with-SHA256");
        }
        return new Read(
                new SigningRequest(
                        der,
                        CertificateReader.key(info.getSubjectPublicKeyInfo()),
                        commonName(info.getSubject()),
                        wishes(info).map(SigningRequest::names)),
                Der.of(request),
                Der.of(info),
                CertificateReader.signature(request.getSignature().getOctets()));
    }

    public Bytes der() {
        return der;
    }

    public VerifyingKey key() {
        return key;
    }

    /// Empty when the subject has none.
    public Optional<String> commonName() {
        return commonName;
    }

    public Optional<String> uri() {
        return uri;
    }

    public SortedSet<HostName> hosts() {
        return hosts;
    }

    private static Optional<String> commonName(X500Name subject) {
        RDN[] found = subject.getRDNs(BCStyle.CN);
        if (found.length > 1) {
            throw new IllegalArgumentException("more than one CN");
        }
        return Arrays.stream(found)
                .map(part -> (ASN1String) part.getFirst().getValue().toASN1Primitive())
                .map(ASN1String::getString)
                .findFirst();
    }

    private static Optional<Extensions> wishes(CertificationRequestInfo info) {
        Optional<Extensions> found = Optional.empty();
        if (info.getAttributes() != null) {
            for (ASN1Encodable element : info.getAttributes()) {
                Attribute attribute = Attribute.getInstance(element);
                if (attribute
                        .getAttrType()
                        .equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
                    if (found.isPresent() || attribute.getAttributeValues().length != 1) {
                        throw new IllegalArgumentException("more than one list of extensions");
                    }
                    found = Optional.of(Extensions.getInstance(attribute.getAttributeValues()[0]));
                }
            }
        }
        return found;
    }

    private static GeneralNames names(Extensions extensions) {
        return extensions.getExtension(Extension.subjectAlternativeName) == null
                ? new GeneralNames(new GeneralName[0])
                : GeneralNames.getInstance(
                        CertificateReader.value(extensions, Extension.subjectAlternativeName));
    }

    private static Optional<String> uri(GeneralNames names) {
        List<String> uris =
                Arrays.stream(names.getNames())
                        .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                        .map(CertificateReader::text)
                        .toList();
        if (uris.size() > 1) {
            throw new IllegalArgumentException("more than one URI: " + uris);
        }
        return uris.stream().findFirst();
    }
}
