package org.entente.certs;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Signature;
import org.entente.protocol.Sorted;
import org.entente.protocol.VerifyingKey;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.TreeMap;

/// A CRL (RFC 5280 §5) of one CA, in the one form we write and read: complete, version 2, with key
/// id and number, no reasons, no other extension.
public final class RevocationList {
    public static final int SIZE_BYTES_MAX = 2 * 1024 * 1024;
    public static final int ENTRIES_MAX = 40_000;

    /// @param number one more with each list of the CA
    /// @param revoked serial numbers and since when
    public record Content(
            CaName issuer,
            Bytes issuerKeyId,
            long number,
            Instant thisUpdate,
            Instant nextUpdate,
            SortedMap<Bytes, Instant> revoked) {
        public Content {
            revoked = Sorted.copyOf(revoked);
            revoked.keySet().forEach(CertificateBody::requireSerialNumber);
            if (revoked.size() > ENTRIES_MAX) {
                throw new IllegalArgumentException(
                        "a list has at most " + ENTRIES_MAX + " entries, not " + revoked.size());
            }
            if (number < 1) {
                throw new IllegalArgumentException("lists are numbered from 1, not " + number);
            }
            if (!thisUpdate.isBefore(nextUpdate)) {
                throw new IllegalArgumentException("the next list comes before this one");
            }
        }
    }

    private record Read(Content content, Signature signature) {}

    private final Bytes der;
    private final Content content;
    private final Digest signed;
    private final Signature signature;

    private RevocationList(Content content, Bytes signed, Signature signature) {
        this.der = CertificateWriter.signed(signed, signature);
        this.content = content;
        this.signed = Digest.of(signed);
        this.signature = signature;
    }

    public static RevocationList issue(Content content, Signer ca) {
        Bytes body = body(content);
        return new RevocationList(content, body, ca.sign(Digest.of(body)));
    }

    public static Parsed<RevocationList> parse(Bytes der) {
        if (der.size() > SIZE_BYTES_MAX) {
            return Parsed.refused(
                    Fault.TOO_LARGE,
                    "a CRL of " + der.size() + " bytes; " + SIZE_BYTES_MAX + " are allowed");
        }
        return Der.read(der, "CRL", Fault.MALFORMED, RevocationList::read)
                .map(read -> new RevocationList(read.content, body(read.content), read.signature))
                .then(list ->
                        list.der.equals(der)
                                ? Parsed.of(list)
                                : Parsed.refused(Fault.MALFORMED, "not exactly our form of a CRL"));
    }

    public Bytes der() {
        return der;
    }

    public Content content() {
        return content;
    }

    public boolean isSignedBy(VerifyingKey ca, Verifier verifier) {
        return verifier.verify(ca, signed, signature);
    }

    private static Bytes body(Content content) {
        V2TBSCertListGenerator writer = new V2TBSCertListGenerator();
        writer.setSignature(CertificateWriter.ECDSA_WITH_SHA256);
        writer.setIssuer(X509Names.of(content.issuer));
        writer.setThisUpdate(CertificateWriter.time(content.thisUpdate));
        writer.setNextUpdate(CertificateWriter.time(content.nextUpdate));
        content.revoked.forEach((serial, since) ->
                writer.addCRLEntry(
                        new ASN1Integer(new BigInteger(1, serial.toArray())),
                        CertificateWriter.time(since),
                        (Extensions) null));
        writer.setExtensions(
                new Extensions(
                        new Extension[] {
                            CertificateWriter.issuerKeyId(content.issuerKeyId),
                            CertificateWriter.plain(
                                    Extension.cRLNumber, new ASN1Integer(content.number))
                        }));
        return Der.of(writer.generateTBSCertList());
    }

    private static Read read(ASN1Sequence source) {
        CertificateList list = CertificateList.getInstance(source);
        TBSCertList body = list.getTBSCertList();
        Extensions extensions = body.getExtensions();
        SortedMap<Bytes, Instant> revoked = new TreeMap<>();
        for (Enumeration<?> entries = body.getRevokedCertificateEnumeration();
                entries.hasMoreElements(); ) {
            var entry = (TBSCertList.CRLEntry) entries.nextElement();
            revoked.put(
                    Bytes.copyOf(entry.getUserCertificate().getPositiveValue().toByteArray()),
                    entry.getRevocationDate().getDate().toInstant());
        }
        return new Read(
                new Content(
                        X509Names.ca(body.getIssuer()),
                        CertificateReader.issuerKeyId(extensions),
                        ASN1Integer.getInstance(
                                        CertificateReader.value(extensions, Extension.cRLNumber))
                                .longValueExact(),
                        body.getThisUpdate().getDate().toInstant(),
                        body.getNextUpdate().getDate().toInstant(),
                        revoked),
                CertificateReader.signature(list.getSignature().getOctets()));
    }
}
