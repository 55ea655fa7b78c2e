package org.entente.certs.est;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.entente.certs.Certificate;
import org.entente.certs.Der;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/// Certificates in a PKCS#7 that signs nothing ("certs-only", RFC 5652 §5, RFC 7030 §4.1.3).
public final class CertificateBag {
    public static final int COUNT_MAX = 128;

    private CertificateBag() {}

    /// In DER, so the certificates stand in the order of their bytes.
    public static Bytes encode(Collection<Certificate> certificates) {
        ASN1Encodable[] items =
                certificates.stream()
                        .map(certificate -> ASN1Sequence.getInstance(certificate.der().toArray()))
                        .toArray(ASN1Encodable[]::new);
        return encode(new DERSet(items));
    }

    private static Bytes encode(DERSet items) {
        return Der.of(
                new ContentInfo(
                        CMSObjectIdentifiers.signedData,
                        new SignedData(
                                new DERSet(),
                                new ContentInfo(CMSObjectIdentifiers.data, null),
                                items,
                                null,
                                new DERSet())));
    }

    /// Takes only certificates of our profiles.
    public static Parsed<List<Certificate>> decode(Bytes der) {
        if (der.size() > Est.ANSWER_SIZE_BYTES_MAX) {
            return Parsed.refused(
                    Fault.TOO_LARGE, "a PKCS#7 of " + der.size() + " bytes is too large");
        }
        return Der.read(der, "PKCS#7 of certificates", Fault.MALFORMED, CertificateBag::items)
                .then(CertificateBag::parse)
                .then(certificates ->
                        encode(certificates).equals(der)
                                ? Parsed.of(certificates)
                                : Parsed.refused(
                                        Fault.MALFORMED, "a PKCS#7 with more than certificates"));
    }

    private static List<Bytes> items(ASN1Sequence source) {
        SignedData data = SignedData.getInstance(ContentInfo.getInstance(source).getContent());
        if (!data.getVersion().equals(new ASN1Integer(1))
                || data.getCertificates().size() > COUNT_MAX) {
            throw new IllegalArgumentException("not one to " + COUNT_MAX + " certificates");
        }
        List<Bytes> items = new ArrayList<>();
        for (ASN1Encodable item : data.getCertificates()) {
            items.add(Der.of(item));
        }
        return items;
    }

    private static Parsed<List<Certificate>> parse(List<Bytes> items) {
        List<Certificate> certificates = new ArrayList<>();
        for (Bytes item : items) {
            switch (Certificate.parse(item)) {
                case Parsed.Value<Certificate>(Certificate certificate) ->
                        certificates.add(certificate);
                case Parsed.Refused<Certificate>(var why) -> {
                    return new Parsed.Refused<>(why);
                }
            }
        }
        return Parsed.of(Collections.unmodifiableList(certificates));
    }
}
