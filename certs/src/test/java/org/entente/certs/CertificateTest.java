package org.entente.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.certs.fixture.Organisation.CRYPTOGRAPHY;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.NO_HOSTS;
import static org.entente.certs.fixture.Organisation.RANDOM;
import static org.entente.certs.fixture.Organisation.body;
import static org.entente.certs.fixture.Organisation.freshSigner;
import static org.entente.certs.fixture.Organisation.grant;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.entente.certs.fixture.Organisation;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

class CertificateTest {
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final Organisation ALPHA = new Organisation("alpha.example");
    private static final Certificate NODE = ALPHA.enrol("node-1", freshSigner());

    @Test
    void every_kind_comes_back_from_its_bytes() {
        Certificate asking = ALPHA.batch(NODE, grant("orders", "buyer"), 1, NOW).getFirst();
        Authorities ca = ALPHA.authorities();
        for (Certificate one : List.of(ca.root(), ca.enrolment(), ca.transaction(), NODE, asking)) {
            Certificate read = Certificate.parse(one.der()).orThrow();
            assertThat(read).isEqualTo(one);
            assertThat(read.body()).isEqualTo(one.body());
            assertThat(read.digest()).isEqualTo(one.digest());
        }
    }

    @Test
    void host_names_of_every_form_come_back() {
        var hosts =
                Sorted.copyOf(
                        List.of(
                                new HostName("localhost"),
                                new HostName("agent.alpha.example"),
                                new HostName("127.0.0.1"),
                                new HostName("2001:db8:0:0:0:0:0:1")));
        Instant from = NOW.truncatedTo(ChronoUnit.SECONDS);
        Certificate server =
                Certificate.issue(
                        body(
                                ALPHA.authorities().enrolment(),
                                freshSigner().key(),
                                new Subject.Node(ALPHA.node("agent"), hosts),
                                from,
                                from.plusSeconds(60)),
                        ALPHA.generation().enrolment());
        assertThat(Certificate.parse(server.der()).orThrow().body().subject())
                .isEqualTo(new Subject.Node(ALPHA.node("agent"), hosts));
    }

    @Test
    void a_time_past_2049_comes_back() {
        Instant from = Instant.parse("2049-12-31T23:00:00Z");
        Certificate late =
                Certificate.issue(
                        body(
                                ALPHA.authorities().enrolment(),
                                freshSigner().key(),
                                new Subject.Node(ALPHA.node("late"), NO_HOSTS),
                                from,
                                from.plus(Duration.ofDays(1))),
                        ALPHA.generation().enrolment());
        assertThat(Certificate.parse(late.der()).orThrow().notAfter())
                .isEqualTo("2050-01-01T23:00:00Z");
    }

    @Test
    void a_key_that_is_not_of_p256_is_refused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(384);
        refused(replacedKey(generator.generateKeyPair()), "P-256");
    }

    @Test
    void a_key_of_rsa_is_refused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        refused(replacedKey(generator.generateKeyPair()), "P-256");
    }

    /// Our certificate, with another key in it.
    private static Bytes replacedKey(KeyPair keys) {
        ASN1Sequence whole = ASN1Sequence.getInstance(NODE.der().toArray());
        ASN1Encodable[] body = ASN1Sequence.getInstance(whole.getObjectAt(0)).toArray();
        body[6] = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        return Der.of(
                new DERSequence(
                        new ASN1Encodable[] {
                            new DERSequence(body), whole.getObjectAt(1), whole.getObjectAt(2)
                        }));
    }

    @Test
    void the_high_s_twin_of_a_signature_is_refused() {
        ASN1Sequence whole = ASN1Sequence.getInstance(NODE.der().toArray());
        Bytes twin =
                Der.of(
                        new DERSequence(
                                new ASN1Encodable[] {
                                    new ASN1Integer(NODE.signature().r()),
                                    new ASN1Integer(ORDER.subtract(NODE.signature().s()))
                                }));
        refused(
                Der.of(
                        new DERSequence(
                                new ASN1Encodable[] {
                                    whole.getObjectAt(0),
                                    whole.getObjectAt(1),
                                    new DERBitString(twin.toArray())
                                })),
                "exactly the profile");
    }

    @Test
    void a_certificate_without_our_extensions_is_refused() throws Exception {
        KeyPair keys = CRYPTOGRAPHY.freshKey(RANDOM);
        byte[] plain =
                new X509v3CertificateBuilder(
                                new X500Name("DC=example,DC=alpha,CN=enrolment CA 1"),
                                BigInteger.ONE.shiftLeft(126),
                                Date.from(NOW),
                                Date.from(NOW.plusSeconds(60)),
                                new X500Name("DC=example,DC=alpha,CN=node-1"),
                                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                        .build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(keys.getPrivate()))
                        .getEncoded();
        refused(Bytes.copyOf(plain), "");
    }

    @Test
    void bytes_behind_the_end_are_refused() {
        refused(NODE.der().concat(Bytes.fromHex("00")), "");
    }

    @Test
    void more_than_8_kib_is_refused() {
        refused(Bytes.copyOf(new byte[Certificate.SIZE_BYTES_MAX + 1]), "8192");
    }

    @Test
    void deep_nesting_is_refused() {
        byte[] nested = new byte[8 * 1024];
        for (int at = 0; at < nested.length; at += 2) {
            nested[at] = 0x30;
            nested[at + 1] = (byte) 0x80;
        }
        refused(Bytes.copyOf(nested), "");
        assertThat(SigningRequest.parse(Bytes.copyOf(nested), CRYPTOGRAPHY.verifier()).verdict())
                .isInstanceOf(Verdict.Rejected.class);
        assertThat(RevocationList.parse(Bytes.copyOf(nested)).verdict())
                .isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void a_body_past_the_rules_cannot_be_made() {
        Certificate ca = ALPHA.authorities().transaction();
        Subject holder =
                new Subject.Holder(ALPHA.id(), NODE.serialNumber(), grant("orders", "buyer"));
        Instant hour = NOW.truncatedTo(ChronoUnit.HOURS);
        Signer signer = freshSigner();
        assertThatThrownBy(() -> body(ca, signer.key(), holder, hour, hour.plusSeconds(3600)))
                .hasMessageContaining("lifetime");
        assertThatThrownBy(
                        () -> body(ca, signer.key(), holder, NOW, NOW.plus(Duration.ofHours(24))))
                .hasMessageContaining("whole");
        assertThatThrownBy(() ->
                        body(
                                ALPHA.authorities().enrolment(),
                                signer.key(),
                                holder,
                                hour,
                                hour.plus(Duration.ofHours(24))))
                .hasMessageContaining("by the");
    }

    @Test
    void a_grant_has_one_order() {
        Grant grant = grant("orders", "buyer");
        Bytes bytes = Grant.FORMAT.encode(grant);
        assertThat(Grant.FORMAT.decode(bytes).orThrow()).isEqualTo(grant);
        byte[] changed = bytes.toArray();
        changed[changed.length - 1] = 'R';
        assertThat(Arrays.equals(changed, bytes.toArray())).isFalse();
        assertThat(Grant.FORMAT.decode(Bytes.copyOf(changed)).verdict())
                .isInstanceOf(Verdict.Rejected.class);
    }

    private static void refused(Bytes der, String why) {
        Parsed<Certificate> parsed = Certificate.parse(der);
        assertThat(parsed.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> {
                            assertThat(rejected.fault()).isEqualTo(Fault.CERTIFICATE_MALFORMED);
                            assertThat(rejected.detail()).contains(why);
                        });
    }
}
