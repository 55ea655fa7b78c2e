package org.entente.certs.pem;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.entente.certs.Cryptography;
import org.entente.certs.HostName;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;

/// A certificate that vouches for nothing: for a key that waits for its enrolment, and for a relay
/// or a chain's node, whose key others know. No judge of ours accepts it.
public final class SelfSigned {
    private static final int SERIAL_NUMBER_BITS = 126;
    private static final Duration BACKDATED = Duration.ofHours(1);

    private SelfSigned() {}

    public static X509Certificate certificate(
            KeyPair keys,
            Collection<HostName> hosts,
            Duration lifetime,
            Cryptography cryptography,
            SecureRandom random,
            Instant now) {
        X500Name name = new X500Name("CN=self-signed");
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_NUMBER_BITS, random).setBit(SERIAL_NUMBER_BITS),
                        Date.from(now.minus(BACKDATED)),
                        Date.from(now.plus(lifetime)),
                        name,
                        keys.getPublic());
        try {
            if (!hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder(algorithm(keys))
                                            .setProvider(cryptography.provider())
                                            .build(keys.getPrivate())));
        } catch (OperatorCreationException | CertificateException | CertIOException e) {
            throw new IllegalStateException("cannot certify our own key", e);
        }
    }

    /// The key's own: a chain's nodes may have RSA keys.
    private static String algorithm(KeyPair keys) {
        return keys.getPublic().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    private static GeneralNames names(Collection<HostName> hosts) {
        return new GeneralNames(
                hosts.stream()
                        .map(host ->
                                new GeneralName(
                                        host.isAddress()
                                                ? GeneralName.iPAddress
                                                : GeneralName.dNSName,
                                        host.text()))
                        .toArray(GeneralName[]::new));
    }
}
