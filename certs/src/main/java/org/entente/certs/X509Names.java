package org.entente.certs;

import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.entente.protocol.OrganisationId;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Distinguished names: the organisation's domain as DC parts (RFC 2247), then one CN.
public final class X509Names {
    private X509Names() {}

    public static X500Name of(CaName name) {
        return of(name.organisation(), name.commonName());
    }

    static X500Name of(Subject subject) {
        return switch (subject) {
            case Subject.Ca(CaName name) -> of(name);
            case Subject.Node node -> of(node.id().organisation(), node.id().name().text());
            case Subject.Holder holder -> of(holder.organisation(), holder.pseudonym().hex());
        };
    }

    public static X500Name of(OrganisationId organisation, String commonName) {
        List<RDN> parts = new ArrayList<>();
        for (String label : organisation.domain().split("\\.", -1)) {
            parts.addFirst(new RDN(BCStyle.DC, new DERIA5String(label)));
        }
        parts.add(new RDN(BCStyle.CN, new DERUTF8String(commonName)));
        return new X500Name(parts.toArray(new RDN[0]));
    }

    static CaName ca(X500Name name) {
        return CaName.parse(organisation(name), commonName(name));
    }

    static OrganisationId organisation(X500Name name) {
        List<String> labels = new ArrayList<>(texts(name));
        labels.removeLast();
        Collections.reverse(labels);
        return new OrganisationId(String.join(".", labels));
    }

    static String commonName(X500Name name) {
        return texts(name).getLast();
    }

    private static List<String> texts(X500Name name) {
        List<String> texts = new ArrayList<>();
        for (RDN part : name.getRDNs()) {
            AttributeTypeAndValue first = part.getFirst();
            texts.add(ASN1String.class.cast(first.getValue()).getString());
        }
        return texts;
    }
}
