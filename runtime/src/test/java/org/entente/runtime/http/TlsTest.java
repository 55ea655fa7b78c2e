package org.entente.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.entente.protocol.Bytes;
import org.entente.runtime.http.fixture.Issuer;
import org.entente.runtime.http.fixture.Serving;
import org.entente.runtime.http.fixture.TrustedRoots;
import org.entente.runtime.link.LineDialler;
import org.entente.runtime.link.LineListener;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// Who may connect, and with which protocol.
@Timeout(60)
final class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Routes WHO =
            Routes.none()
                    .get(
                            "/who",
                            request ->
                                    Reply.bytes(
                                            "text/plain",
                                            Bytes.utf8(
                                                    request.peerCertificate()
                                                            .map(each ->
                                                                    each.getSubjectX500Principal()
                                                                            .getName())
                                                            .orElse("nobody"))));

    private final Issuer servers = new Issuer("servers");
    private final Issuer members = new Issuer("members");
    private final Issuer strangers = new Issuer("strangers");
    private final TrustedRoots trust = new TrustedRoots(members.root());

    private Serving serving(ClientCertificates demand) throws Exception {
        return Serving.tls(new ServerTls(servers.issue("relay").asServer(), trust, demand), WHO);
    }

    private SSLContext context(Optional<Issuer.Holder> client) {
        try {
            KeyManager[] keys = new KeyManager[0];
            if (client.isPresent()) {
                KeyManagerFactory factory =
                        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(client.get().keyStore(PASSWORD), PASSWORD);
                keys = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys,
                    new TrustManager[] {new TrustedRoots(servers.root())},
                    new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> ask(
            Serving serving, SSLContext context, HttpClient.Version version)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(context).version(version).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://" + serving.address() + "/who"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private String who(Serving serving, Optional<Issuer.Holder> client)
            throws IOException, InterruptedException {
        return ask(serving, context(client), HttpClient.Version.HTTP_1_1).body();
    }

    @Test
    void the_handler_sees_the_clients_certificate_over_both_versions_of_http() throws Exception {
        try (Serving serving = serving(ClientCertificates.REQUESTED)) {
            SSLContext member = context(Optional.of(members.issue("alice")));
            for (HttpClient.Version version : HttpClient.Version.values()) {
                if (version == HttpClient.Version.HTTP_1_1
                        || version == HttpClient.Version.HTTP_2) {
                    HttpResponse<String> answer = ask(serving, member, version);
                    assertThat(answer.version()).isEqualTo(version);
                    assertThat(answer.body()).isEqualTo("CN=alice");
                }
            }
            assertThat(who(serving, Optional.empty())).isEqualTo("nobody");
        }
    }

    @Test
    void a_stranger_and_whoever_shows_nothing_are_refused_where_one_is_required() throws Exception {
        try (Serving serving = serving(ClientCertificates.REQUIRED)) {
            assertThatThrownBy(() -> who(serving, Optional.of(strangers.issue("eve"))))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> who(serving, Optional.empty()))
                    .isInstanceOf(IOException.class);
            assertThat(who(serving, Optional.of(members.issue("alice")))).isEqualTo("CN=alice");
        }
    }

    @Test
    void a_stranger_is_refused_where_a_certificate_is_only_requested() throws Exception {
        try (Serving serving = serving(ClientCertificates.REQUESTED)) {
            assertThatThrownBy(() -> who(serving, Optional.of(strangers.issue("eve"))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_line_is_for_those_who_show_a_certificate() throws Exception {
        BlockingQueue<String> names = new ArrayBlockingQueue<>(1);
        LineListener deaf =
                new LineListener() {
                    @Override
                    public void heard(Bytes message) {}

                    @Override
                    public void closed(String why) {}
                };
        Routes routes =
                Routes.none()
                        .link(
                                "/line",
                                line -> {
                                    names.add(
                                            line.peer()
                                                    .map(each ->
                                                            each.getSubjectX500Principal()
                                                                    .getName())
                                                    .orElse("nobody"));
                                    return deaf;
                                });
        try (Serving serving =
                Serving.tls(
                        new ServerTls(
                                servers.issue("relay").asServer(),
                                trust,
                                ClientCertificates.REQUESTED),
                        routes)) {
            URI address = URI.create("wss://" + serving.address() + "/line");
            try (LineDialler member =
                            new LineDialler(context(Optional.of(members.issue("alice"))));
                    LineDialler stranger =
                            new LineDialler(context(Optional.of(strangers.issue("eve"))));
                    LineDialler nobody = new LineDialler(context(Optional.empty()))) {
                assertThatThrownBy(() -> nobody.dial(address, _ -> deaf))
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(() -> stranger.dial(address, _ -> deaf))
                        .isInstanceOf(IOException.class);
                member.dial(address, _ -> deaf);
                assertThat(names.take()).isEqualTo("CN=alice");
            }
        }
    }

    @Test
    void members_come_and_go_while_the_server_runs() throws Exception {
        try (Serving serving = serving(ClientCertificates.REQUESTED)) {
            Optional<Issuer.Holder> late = Optional.of(strangers.issue("late"));
            assertThatThrownBy(() -> who(serving, late)).isInstanceOf(IOException.class);
            trust.add(strangers.root());
            assertThat(who(serving, late)).isEqualTo("CN=late");
            trust.remove(strangers.root());
            assertThatThrownBy(() -> who(serving, late)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_struck_member_does_not_come_back_by_resuming_its_session() throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            trust.add(strangers.root());
            try (Serving serving = serving(ClientCertificates.REQUESTED)) {
                SSLContext context = context(Optional.of(strangers.issue("late")));
                assertThat(rawWho(serving, context, protocol)).contains("CN=late");
                assertThat(rawWho(serving, context, protocol)).contains("CN=late");
                trust.remove(strangers.root());
                assertThatThrownBy(() -> rawWho(serving, context, protocol))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void an_open_connection_of_a_struck_member_is_cut_at_a_recheck() throws Exception {
        trust.add(strangers.root());
        try (Serving serving = serving(ClientCertificates.REQUESTED);
                SSLSocket late =
                        socket(serving, context(Optional.of(strangers.issue("late"))), "TLSv1.3");
                SSLSocket alice =
                        socket(serving, context(Optional.of(members.issue("alice"))), "TLSv1.3")) {
            assertThat(who(late)).contains("CN=late");
            assertThat(who(alice)).contains("CN=alice");
            trust.remove(strangers.root());
            serving.server().recheckPeers();
            assertThatThrownBy(() -> who(late)).isInstanceOf(IOException.class);
            assertThat(who(alice)).contains("CN=alice");
        }
    }

    @Test
    void the_servers_certificate_is_replaced_while_it_runs() throws Exception {
        try (Serving serving = serving(ClientCertificates.NONE)) {
            Issuer.Holder next = servers.issue("relay-next");
            assertThat(presented(serving).getSubjectX500Principal().getName())
                    .isEqualTo("CN=relay");
            serving.server().present(next.asServer());
            assertThat(presented(serving)).isEqualTo(next.certificate());
        }
    }

    @Test
    void tls_older_than_1_2_is_refused() throws Exception {
        try (Serving serving = serving(ClientCertificates.NONE)) {
            Process openssl =
                    new ProcessBuilder(
                                    "openssl",
                                    "s_client",
                                    "-connect",
                                    serving.address().toString(),
                                    "-tls1_1",
                                    "-cipher",
                                    "ALL:@SECLEVEL=0")
                            .redirectErrorStream(true)
                            .start();
            openssl.getOutputStream().close();
            String said =
                    new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).contains("alert protocol version");
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                assertThat(rawWho(serving, context(Optional.empty()), protocol)).contains("nobody");
            }
        }
    }

    @Test
    void curl_connects_with_a_certificate(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "needs /usr/bin/curl");
        Issuer.Holder alice = members.issue("alice");
        Path root = pem(directory.resolve("root.pem"), "CERTIFICATE", servers.root().getEncoded());
        Path own =
                pem(
                        directory.resolve("alice.pem"),
                        "CERTIFICATE",
                        alice.certificate().getEncoded());
        Path key = pem(directory.resolve("alice.key"), "PRIVATE KEY", alice.key().getEncoded());
        try (Serving serving = serving(ClientCertificates.REQUIRED)) {
            String url = "https://" + serving.address() + "/who";
            List<String> plain = List.of("curl", "-sS", "--http2", "--cacert", root.toString());
            List<String> mutual = new ArrayList<>(plain);
            mutual.addAll(List.of("--cert", own.toString(), "--key", key.toString(), url));
            assertThat(run(mutual)).isEqualTo("0 CN=alice");
            List<String> bare = new ArrayList<>(plain);
            bare.add(url);
            assertThat(run(bare)).doesNotStartWith("0 ");
        }
    }

    @Test
    void without_tls_only_loopback_is_served() {
        var anywhere =
                HttpServerConfiguration.standard(
                        new org.entente.runtime.config.Address("0.0.0.0", 0));
        assertThatThrownBy(() -> Serving.plain(anywhere, WHO)).hasMessageContaining("loopback");
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }

    private static Path pem(Path file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    private X509Certificate presented(Serving serving) throws IOException {
        try (SSLSocket socket = socket(serving, context(Optional.empty()), "TLSv1.3")) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLSocket socket(Serving serving, SSLContext context, String protocol)
            throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(serving.address().host(), serving.address().port());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String rawWho(Serving serving, SSLContext context, String protocol)
            throws IOException {
        try (SSLSocket socket = socket(serving, context, protocol)) {
            return who(socket);
        }
    }

    private static String who(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /who HTTP/1.1\r\nhost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().matches("(?s).*\r\n\r\n(CN=[a-z]+|nobody)")) {
            byte[] buffer = new byte[4_096];
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                throw new IOException("closed after: " + answer);
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
        }
        return answer.toString();
    }
}
