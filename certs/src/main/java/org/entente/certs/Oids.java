package org.entente.certs;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/// Our own arc, made from a random UUID (ITU-T X.667), so no registry is needed:
/// 24339618-c88b-4248-96fb-fb5ca9d143f6 (docs/certificates.md §1).
final class Oids {
    private static final ASN1ObjectIdentifier ENTENTE =
            new ASN1ObjectIdentifier("2.25.48120059313024051394928259419790722038");

    /// The extension that holds the canonical bytes of a [Grant].
    static final ASN1ObjectIdentifier GRANT = ENTENTE.branch("1");

    /// The extended key usage of a transaction certificate.
    static final ASN1ObjectIdentifier TRANSACTION_USAGE = ENTENTE.branch("2");

    private Oids() {}
}
