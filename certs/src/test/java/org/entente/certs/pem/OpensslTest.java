package org.entente.certs.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.certs.fixture.Organisation.CRYPTOGRAPHY;
import static org.entente.certs.fixture.Organisation.NOW;
import static org.entente.certs.fixture.Organisation.NO_HOSTS;
import static org.entente.certs.fixture.Organisation.RANDOM;
import static org.entente.certs.fixture.Organisation.freshSigner;
import static org.entente.certs.fixture.Organisation.grant;

import org.entente.certs.Authorities;
import org.entente.certs.Certificate;
import org.entente.certs.Der;
import org.entente.certs.HostName;
import org.entente.certs.Revocation;
import org.entente.certs.RevocationList;
import org.entente.certs.Signer;
import org.entente.certs.SigningRequest;
import org.entente.certs.est.CertificateBag;
import org.entente.certs.fixture.Openssl;
import org.entente.certs.fixture.Organisation;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Sorted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;

class OpensslTest {
    private static final String AT = Long.toString(NOW.getEpochSecond() + 60);
    private final Organisation alpha = new Organisation("alpha.example");
    private final Certificate node = alpha.enrol("node-1", freshSigner());
    private final Certificate asking =
            alpha.batch(node, grant("orders", "buyer"), 1, NOW).getFirst();

    @TempDir private Path directory;
    private Openssl openssl;

    @BeforeEach
    void start() throws IOException {
        openssl = new Openssl(directory);
        Authorities ca = alpha.authorities();
        write("root.pem", Pem.encode(List.of(ca.root())));
        write("enrolment.pem", Pem.encode(List.of(ca.enrolment())));
        write("transaction.pem", Pem.encode(List.of(ca.transaction())));
        write("node.pem", Pem.encode(List.of(node)));
        write("asking.pem", Pem.encode(List.of(asking)));
    }

    @Test
    void it_verifies_the_chain_of_an_identity_certificate() throws Exception {
        assertThat(verify("enrolment.pem", "node.pem")).contains("node.pem: OK");
        openssl.content(
                "verify",
                "-x509_strict",
                "-attime",
                AT,
                "-purpose",
                "sslclient",
                "-CAfile",
                "root.pem",
                "-untrusted",
                "enrolment.pem",
                "node.pem");
        openssl.content(
                "verify",
                "-x509_strict",
                "-attime",
                AT,
                "-purpose",
                "sslserver",
                "-CAfile",
                "root.pem",
                "-untrusted",
                "enrolment.pem",
                "node.pem");
    }

    @Test
    void it_verifies_the_chain_of_a_transaction_certificate_and_refuses_it_for_tls()
            throws Exception {
        assertThat(verify("transaction.pem", "asking.pem")).contains("asking.pem: OK");
        assertThat(
                        openssl.refusal(
                                "verify",
                                "-attime",
                                AT,
                                "-purpose",
                                "sslclient",
                                "-CAfile",
                                "root.pem",
                                "-untrusted",
                                "transaction.pem",
                                "asking.pem"))
                .contains("purpose");
    }

    @Test
    void it_refuses_a_name_of_a_foreign_trust_domain() throws Exception {
        Organisation beta = new Organisation("beta.example");
        Certificate foreign =
                Certificate.issue(
                        Organisation.body(
                                alpha.authorities().enrolment(),
                                freshSigner().key(),
                                beta.enrol("node-1", freshSigner()).body().subject(),
                                node.notBefore(),
                                node.notAfter()),
                        alpha.generation().enrolment());
        write("foreign.pem", Pem.encode(List.of(foreign)));
        assertThat(
                        openssl.refusal(
                                "verify",
                                "-attime",
                                AT,
                                "-CAfile",
                                "root.pem",
                                "-untrusted",
                                "enrolment.pem",
                                "foreign.pem"))
                .contains("permitted subtree violation");
    }

    @Test
    void it_shows_the_names_and_usages() throws Exception {
        String shown = openssl.content("x509", "-in", "node.pem", "-noout", "-text");
        assertThat(shown)
                .contains("URI:spiffe://alpha.example/node/node-1")
                .contains("TLS Web Client Authentication, TLS Web Server Authentication")
                .contains("DC = example, DC = alpha, CN = enrolment CA 1")
                .contains("CA:FALSE");
        assertThat(openssl.content("x509", "-in", "asking.pem", "-noout", "-text"))
                .contains("URI:spiffe://alpha.example/transaction")
                .contains("2.25.48120059313024051394928259419790722038.1")
                .doesNotContain("node-1");
    }

    @Test
    void it_checks_revocation_by_our_lists() throws Exception {
        writeLists();
        assertThat(checked()).contains("node.pem: OK");
        alpha.withdrawals()
                .revoke(
                        new Revocation(
                                alpha.authorities().enrolment().digest(), node.serialNumber()),
                        NOW)
                .orThrow();
        writeLists();
        assertThat(
                        openssl.refusal(
                                "verify",
                                "-attime",
                                AT,
                                "-crl_check_all",
                                "-CRLfile",
                                "lists.pem",
                                "-CAfile",
                                "root.pem",
                                "-untrusted",
                                "enrolment.pem",
                                "node.pem"))
                .contains("certificate revoked");
    }

    private String checked() throws IOException {
        return openssl.content(
                "verify",
                "-attime",
                AT,
                "-crl_check_all",
                "-CRLfile",
                "lists.pem",
                "-CAfile",
                "root.pem",
                "-untrusted",
                "enrolment.pem",
                "node.pem");
    }

    private void writeLists() throws Exception {
        StringBuilder all = new StringBuilder();
        for (RevocationList list : alpha.withdrawals().lists(NOW)) {
            assertThat(RevocationList.parse(list.der()).orThrow().content())
                    .isEqualTo(list.content());
            String pem = Pem.encode(Pem.REVOCATION_LIST, list.der());
            all.append(pem);
            write(list.content().issuer().kind().toString().split(" ", 2)[0] + ".crl", pem);
        }
        write("lists.pem", all.toString());
    }

    @Test
    void it_verifies_the_signature_and_reads_the_number_of_a_list() throws Exception {
        writeLists();
        for (String ca : List.of("root", "enrolment", "transaction")) {
            assertThat(
                            openssl.content(
                                    "crl",
                                    "-in",
                                    ca + ".crl",
                                    "-noout",
                                    "-verify",
                                    "-CAfile",
                                    ca + ".pem"))
                    .contains("verify OK");
        }
        writeLists();
        assertThat(openssl.content("crl", "-in", "root.crl", "-noout", "-crlnumber"))
                .containsIgnoringCase("0x02");
    }

    @Test
    void it_prints_the_certificates_of_our_pkcs7() throws Exception {
        Files.write(
                directory.resolve("bag.p7"),
                CertificateBag.encode(alpha.authorities().all()).toArray());
        assertThat(
                        openssl.content(
                                "pkcs7",
                                "-inform",
                                "DER",
                                "-in",
                                "bag.p7",
                                "-print_certs",
                                "-noout"))
                .contains("CN = root 1", "CN = enrolment CA 1", "CN = transaction CA 1");
    }

    @Test
    void a_request_made_by_openssl_is_accepted() throws Exception {
        openssl.content(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "key.pem",
                "-out",
                "request.der",
                "-outform",
                "DER",
                "-subj",
                "/CN=agent",
                "-addext",
                "subjectAltName=URI:spiffe://alpha.example/node/agent,DNS:localhost,IP:127.0.0.1");
        SigningRequest request =
                SigningRequest.parse(read("request.der"), CRYPTOGRAPHY.verifier()).orThrow();
        var hosts = Sorted.copyOf(List.of(new HostName("localhost"), new HostName("127.0.0.1")));
        assertThat(request.hosts()).isEqualTo(hosts);
        var invitation =
                alpha.authority()
                        .invite(alpha.node("agent"), hosts, Duration.ofHours(1), NOW)
                        .orThrow();
        Certificate agent =
                alpha.authority()
                        .enrol(invitation.node(), invitation.token(), request, NOW)
                        .orThrow();
        write("agent.pem", Pem.encode(List.of(agent)));
        assertThat(verify("enrolment.pem", "agent.pem")).contains("OK");
        assertThat(openssl.content("x509", "-in", "agent.pem", "-noout", "-checkip", "127.0.0.1"))
                .contains("does match");
    }

    @Test
    void a_request_for_a_key_of_another_curve_is_refused() throws Exception {
        openssl.content(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-384",
                "-nodes",
                "-keyout",
                "key.pem",
                "-out",
                "request.der",
                "-outform",
                "DER",
                "-subj",
                "/CN=agent");
        assertThat(
                        SigningRequest.parse(read("request.der"), CRYPTOGRAPHY.verifier())
                                .verdict()
                                .toString())
                .contains("P-256");
    }

    @Test
    void it_reads_our_request() throws Exception {
        SigningRequest request =
                SigningRequest.forNode(alpha.node("node-2"), NO_HOSTS, freshSigner());
        write("ours.pem", Pem.encode(Pem.CERTIFICATE_REQUEST, request.der()));
        assertThat(openssl.content("req", "-in", "ours.pem", "-noout", "-verify", "-text"))
                .contains("verify OK", "URI:spiffe://alpha.example/node/node-2");
    }

    /// openssl may give high-S: brought into the one low-S form it verifies.
    @Test
    void signatures_of_openssl_and_ours_verify_each_other() throws Exception {
        Digest digest = Digest.of(Bytes.utf8("what is signed"));
        Files.write(directory.resolve("digest"), digest.bytes().toArray());
        KeyPair keys = CRYPTOGRAPHY.freshKey(RANDOM);
        Signer signer = CRYPTOGRAPHY.signer(keys);
        write("key.pem", Pem.encode("PRIVATE KEY", Bytes.copyOf(keys.getPrivate().getEncoded())));
        write("public.pem", Pem.encode("PUBLIC KEY", Bytes.copyOf(keys.getPublic().getEncoded())));
        for (int round = 0; round < 8; round++) {
            openssl.content(
                    "pkeyutl", "-sign", "-inkey", "key.pem", "-in", "digest", "-out", "theirs");
            assertThat(
                            CRYPTOGRAPHY
                                    .verifier()
                                    .verify(signer.key(), digest, Der.signature(read("theirs"))))
                    .isTrue();
        }
        Files.write(directory.resolve("ours"), Der.of(signer.sign(digest)).toArray());
        assertThat(
                        openssl.content(
                                "pkeyutl",
                                "-verify",
                                "-pubin",
                                "-inkey",
                                "public.pem",
                                "-in",
                                "digest",
                                "-sigfile",
                                "ours"))
                .contains("Signature Verified Successfully");
    }

    @Test
    void it_opens_our_key_file() throws Exception {
        Path secret = directory.resolve("password");
        Files.writeString(secret, "correct horse\n");
        Files.setPosixFilePermissions(
                secret, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        KeyPair keys = CRYPTOGRAPHY.freshKey(RANDOM);
        Certificate own = alpha.enrol("node-3", CRYPTOGRAPHY.signer(keys));
        KeyFile.of(keys, List.of(own, alpha.authorities().enrolment()))
                .write(directory.resolve("key.p12"), Password.read(secret));
        assertThat(
                        openssl.content(
                                "pkcs12", "-in", "key.p12", "-passin", "file:password", "-nodes"))
                .contains("BEGIN PRIVATE KEY", "CN = node-3");
    }

    private String verify(String untrusted, String leaf) throws IOException {
        return openssl.content(
                "verify",
                "-x509_strict",
                "-attime",
                AT,
                "-CAfile",
                "root.pem",
                "-untrusted",
                untrusted,
                leaf);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private Bytes read(String name) throws IOException {
        return Bytes.copyOf(Files.readAllBytes(directory.resolve(name)));
    }
}
