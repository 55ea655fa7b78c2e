package org.entente.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.agent.fixture.AgentChild;
import org.entente.agent.fixture.Organisations;
import org.entente.agent.fixture.Tool;
import org.entente.certs.Certificate;
import org.entente.certs.HostName;
import org.entente.certs.Revocation;
import org.entente.certs.issue.CertificateAuthority;
import org.entente.certs.pem.OrganisationDirectory;
import org.entente.certs.pem.PemFile;
import org.entente.protocol.Name;
import org.entente.protocol.NodeId;
import org.entente.protocol.Sorted;
import org.entente.runtime.fixture.Child;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/// A real agent process, spoken to by the real curl and openssl only.
@TestInstance(Lifecycle.PER_CLASS)
class EnrolmentTest {
    @TempDir static Path place;

    private Tool tool;
    private OrganisationDirectory organisation;
    private Child agent;

    @BeforeAll
    void start() throws Exception {
        tool = new Tool(place);
        organisation = Organisations.create(place.resolve("alpha"), "alpha.example");
        Path configuration = AgentChild.configuration(place.resolve("alpha"));
        assertThat(AgentChild.run(place, "--init", "--config", configuration.toString()).exitCode())
                .isZero();
        agent = AgentChild.start(configuration);
    }

    @AfterAll
    void stop() throws Exception {
        assertThat(agent.stop()).as(agent.log()).isZero();
        organisation.close();
    }

    @Test
    void a_node_enrols_with_its_token_and_openssl_verifies_the_chain() throws Exception {
        request("node-1", "-subj", "/CN=node-1");
        enrolled("node-1", token("node-1", Instant.now()));
        tool.shell(
                "curl -sSf --cacert root.pem "
                        + agent.url("/.well-known/est/cacerts")
                        + " | openssl base64 -d | openssl pkcs7 -inform DER -print_certs"
                        + " -out cacerts.pem");

        assertThat(
                        tool.content(
                                "openssl",
                                "verify",
                                "-CAfile",
                                "root.pem",
                                "-untrusted",
                                "cacerts.pem",
                                "node-1.pem"))
                .contains("node-1.pem: OK");
        assertThat(tool.content("openssl", "x509", "-in", "node-1.pem", "-noout", "-text"))
                .contains("URI:spiffe://alpha.example/node/node-1");
    }

    @Test
    void a_token_works_once_but_a_lost_answer_can_be_asked_for_again() throws Exception {
        String token = token("node-2", Instant.now());
        request("node-2", "-subj", "/CN=node-2");
        request("node-2-other", "-subj", "/CN=node-2");
        enrolled("node-2", token);
        String first = Files.readString(place.resolve("node-2.pem"));
        enrolled("node-2", token);

        assertThat(Files.readString(place.resolve("node-2.pem"))).isEqualTo(first);
        assertThat(post("simpleenroll", "node-2-other", "-u", "node-2:" + token))
                .contains("HTTP/", " 401", "TOKEN_USED")
                .containsIgnoringCase("www-authenticate: basic");
    }

    @Test
    void a_token_ends() throws Exception {
        String token = token("node-3", Instant.now().minus(Duration.ofHours(2)));
        request("node-3", "-subj", "/CN=node-3");

        assertThat(post("simpleenroll", "node-3", "-u", "node-3:" + token))
                .contains(" 401", "TOKEN_EXPIRED");
    }

    @Test
    void a_token_is_for_one_node() throws Exception {
        String token = token("node-4", Instant.now());
        request("node-5", "-subj", "/CN=node-5");

        assertThat(post("simpleenroll", "node-5", "-u", "node-4:" + token))
                .contains(" 422", "INVALID_VALUE");
        assertThat(post("simpleenroll", "node-5", "-u", "node-5:" + token))
                .contains(" 401", "TOKEN_UNKNOWN");
        assertThat(post("simpleenroll", "node-5"))
                .contains(" 401", "TOKEN_UNKNOWN")
                .containsIgnoringCase("www-authenticate: basic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec:secp384r1", "ed25519"})
    void only_keys_of_p256_are_certified(String key) throws Exception {
        String token = token("node-6", Instant.now());
        String make =
                switch (key) {
                    case "rsa:2048" -> "openssl genrsa -out other.key 2048";
                    case "ec:secp384r1" ->
                            "openssl ecparam -name secp384r1 -genkey -noout -out other.key";
                    default -> "openssl genpkey -algorithm ed25519 -out other.key";
                };
        tool.shell(
                make
                        + " && openssl req -new -key other.key -subj /CN=node-6 -outform DER"
                        + " | openssl base64 -out other.b64");

        assertThat(post("simpleenroll", "other", "-u", "node-6:" + token))
                .contains(" 400", "problem+json");
    }

    @Test
    void a_node_renews_with_its_certificate_until_it_is_revoked() throws Exception {
        request("node-7", "-subj", "/CN=node-7");
        enrolled("node-7", token("node-7", Instant.now()));

        String[] shown = {"--cert", "node-7.pem", "--key", "node-7.key"};
        assertThat(post("simplereenroll", "node-7", shown))
                .contains(" 200", "application/pkcs7-mime; smime-type=certs-only");
        request("node-8", "-subj", "/CN=node-8");
        assertThat(post("simplereenroll", "node-8", shown)).contains(" 422", "INVALID_VALUE");
        assertThat(post("simplereenroll", "node-7")).contains(" 401", "CERTIFICATE_REQUIRED");

        Certificate certificate =
                PemFile.certificates(place.resolve("node-7.pem")).orThrow().getFirst();
        organisation
                .withdrawals()
                .revoke(
                        new Revocation(
                                organisation.current().authorities().enrolment().digest(),
                                certificate.serialNumber()),
                        Instant.now())
                .orThrow();

        assertThat(post("simplereenroll", "node-7", shown)).contains(" 403", "CERTIFICATE_REVOKED");
        assertThat(crl()).contains(certificate.serialNumber().hex().toUpperCase(Locale.ROOT));
    }

    private String crl() throws Exception {
        tool.shell(
                "curl -sSf --cacert root.pem "
                        + agent.url("/v1/crl/enrolment")
                        + " -o enrolment.crl && curl -sSf --cacert root.pem "
                        + agent.url("/.well-known/est/cacerts")
                        + " | openssl base64 -d | openssl pkcs7 -inform DER -print_certs"
                        + " -out cas.pem");
        assertThat(
                        tool.content(
                                "openssl",
                                "crl",
                                "-inform",
                                "DER",
                                "-in",
                                "enrolment.crl",
                                "-CAfile",
                                "cas.pem",
                                "-noout"))
                .contains("verify OK");
        return tool.content(
                "openssl", "crl", "-inform", "DER", "-in", "enrolment.crl", "-noout", "-text");
    }

    @Test
    void a_certificate_of_another_organisation_does_not_get_through_the_handshake()
            throws Exception {
        tool.shell(
                "openssl ecparam -name prime256v1 -genkey -noout -out foreign.key && openssl req"
                        + " -x509 -new -key foreign.key -subj /CN=node-1 -days 2 -out foreign.pem"
                        + " -addext subjectAltName=URI:spiffe://alpha.example/node/node-1");

        Tool.Said said =
                tool.run(
                        "curl",
                        "-s",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "--cacert",
                        "root.pem",
                        "--cert",
                        "foreign.pem",
                        "--key",
                        "foreign.key",
                        agent.url("/.well-known/est/cacerts"));

        // In TLS 1.3 the refusal may reach curl as an alert or as a reset, so its words say
        // nothing.
        assertThat(said.exit()).as(said.text()).isNotZero();
        assertThat(said.text()).isEqualTo("000");
    }

    @Test
    void openssl_connects_by_mtls() throws Exception {
        request("node-9", "-subj", "/CN=node-9");
        enrolled("node-9", token("node-9", Instant.now()));

        assertThat(
                        tool.shell(
                                "printf 'GET /v1/crl/root HTTP/1.1\\r\\nHost: x\\r\\nConnection:"
                                        + " close\\r\\n\\r\\n' | openssl s_client -connect "
                                        + URI.create(agent.address()).getAuthority()
                                        + " -CAfile root.pem -verify_return_error -cert node-9.pem"
                                        + " -key node-9.key -quiet -ign_eof | head -c 15"))
                .contains("HTTP/1.1 200");
    }

    @Test
    void a_body_of_a_gigabyte_is_refused() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(place.resolve("huge").toFile(), "rw")) {
            file.setLength(1L << 30);
        }

        assertThat(
                        tool.run(
                                        "curl",
                                        "-sS",
                                        "-i",
                                        "--cacert",
                                        "root.pem",
                                        "-X",
                                        "POST",
                                        "-T",
                                        "huge",
                                        "-H",
                                        "Content-Type: application/pkcs10",
                                        "-u",
                                        "node-1:x",
                                        agent.url("/.well-known/est/simpleenroll"))
                                .text())
                .contains(" 413", "TOO_LARGE");
    }

    @Test
    void no_garbage_is_our_mistake() throws Exception {
        String token = token("node-10", Instant.now());
        request("node-10", "-subj", "/CN=node-10/O=x");
        byte[] der =
                Base64.getMimeDecoder().decode(Files.readAllBytes(place.resolve("node-10.b64")));
        Random random = new Random(20261121);
        List<String> words = new ArrayList<>(List.of("curl", "-sS", "--cacert", "root.pem"));
        int count = 400;
        for (int index = 0; index < count; index++) {
            byte[] mutated = der.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            String text =
                    index % 10 == 0
                            ? new String(mutated, StandardCharsets.ISO_8859_1)
                            : Base64.getEncoder().encodeToString(mutated);
            Path body = place.resolve("garbage-" + index);
            Files.writeString(body, text, StandardCharsets.ISO_8859_1);
            if (index > 0) {
                words.add("--next");
                words.addAll(List.of("-sS", "--cacert", "root.pem"));
            }
            words.addAll(
                    List.of(
                            "-u",
                            "node-10:" + token + (index % 2 == 0 ? "x" : ""),
                            "-H",
                            "Content-Type: application/pkcs10",
                            "--data-binary",
                            "@" + body.getFileName(),
                            "-o",
                            "/dev/null",
                            "-w",
                            "%{http_code}\n",
                            agent.url("/.well-known/est/simpleenroll")));
        }

        List<String> statuses = tool.content(words.toArray(String[]::new)).lines().toList();

        assertThat(statuses).hasSize(count).allMatch(status -> status.matches("[24][0-9][0-9]"));
    }

    @Test
    void a_batch_carries_the_roles_of_the_nodes_token() throws Exception {
        request("node-11", "-subj", "/CN=node-11");
        NodeId node = node("node-11");
        enrolled(
                "node-11",
                authority()
                        .invite(
                                node,
                                new TreeSet<>(),
                                Sorted.copyOf(List.of(new Name("trader"))),
                                Duration.ofHours(1),
                                Instant.now())
                        .orThrow()
                        .token());
        tool.shell(
                "openssl ecparam -name prime256v1 -genkey -noout -out fresh.key && openssl req -new"
                    + " -key fresh.key -subj / -outform DER | openssl base64 -A -out fresh.b64");
        String asked =
                "{\"alliance\":\""
                        + "ab".repeat(32)
                        + "\",\"contract\":\"goods\",\"flows\":[\"orders\"],\"requests\":[\""
                        + Files.readString(place.resolve("fresh.b64")).strip()
                        + "\"]}";
        Files.writeString(place.resolve("asked.json"), asked);

        String given = batch("--cert", "node-11.pem", "--key", "node-11.key");
        assertThat(given).contains(" 200", "\"certificates\":[\"MI");
        assertThat(batch()).contains(" 401", "CERTIFICATE_REQUIRED");
        request("node-12", "-subj", "/CN=node-12");
        enrolled("node-12", token("node-12", Instant.now()));
        assertThat(batch("--cert", "node-12.pem", "--key", "node-12.key"))
                .contains(" 403", "WRONG_ROLE");
        Files.writeString(place.resolve("asked.json"), asked.replace("goods", "Not A Name"));
        assertThat(batch("--cert", "node-11.pem", "--key", "node-11.key"))
                .contains(" 422", "INVALID_VALUE");
    }

    private String batch(String... more) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "curl",
                                "-sS",
                                "-i",
                                "--cacert",
                                "root.pem",
                                "-H",
                                "Content-Type: application/json",
                                "--data-binary",
                                "@asked.json",
                                agent.url("/v1/transaction-certificates")));
        words.addAll(List.of(more));
        return tool.content(words.toArray(String[]::new));
    }

    @Test
    void it_is_ready_and_says_when_its_certificates_end() throws Exception {
        assertThat(tool.content("curl", "-sS", "--cacert", "root.pem", agent.url("/health/ready")))
                .contains("\"UP\"", "ends in");
        assertThat(tool.content("curl", "-sS", "--cacert", "root.pem", agent.url("/metrics")))
                .contains("certificate_expires_seconds{subject=\"agent-1\"}");
    }

    private void request(String name, String... subject) throws Exception {
        tool.content(
                "openssl",
                "ecparam",
                "-name",
                "prime256v1",
                "-genkey",
                "-noout",
                "-out",
                name + ".key");
        List<String> words =
                new ArrayList<>(List.of("openssl", "req", "-new", "-key", name + ".key"));
        words.addAll(List.of(subject));
        words.addAll(List.of("-outform", "DER", "-out", name + ".der"));
        tool.content(words.toArray(String[]::new));
        tool.content("openssl", "base64", "-in", name + ".der", "-out", name + ".b64");
    }

    /// Status line, headers and body of the answer.
    private String post(String operation, String request, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "curl",
                                "-sS",
                                "-i",
                                "--cacert",
                                "root.pem",
                                "-H",
                                "Content-Type: application/pkcs10",
                                "--data-binary",
                                "@" + request + ".b64",
                                agent.url("/.well-known/est/" + operation)));
        words.addAll(List.of(more));
        return tool.content(words.toArray(String[]::new));
    }

    private void enrolled(String name, String token) throws Exception {
        tool.shell(
                "curl -sSf --cacert root.pem -u "
                        + name
                        + ":"
                        + token
                        + " -H 'Content-Type: application/pkcs10' --data-binary @"
                        + name
                        + ".b64 "
                        + agent.url("/.well-known/est/simpleenroll")
                        + " | openssl base64 -d | openssl pkcs7 -inform DER -print_certs -out "
                        + name
                        + ".pem");
    }

    private CertificateAuthority authority() {
        return organisation.authority(Organisations.RANDOM);
    }

    private static NodeId node(String name) {
        return NodeId.parse("spiffe://alpha.example/node/" + name);
    }

    private String token(String name, Instant now) throws Exception {
        SortedSet<HostName> none = new TreeSet<>();
        return authority().invite(node(name), none, Duration.ofHours(1), now).orThrow().token();
    }
}
