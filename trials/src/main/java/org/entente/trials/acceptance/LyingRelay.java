package org.entente.trials.acceptance;

import org.entente.certs.pem.KeyFile;
import org.entente.certs.pem.KeyFileUnusable;
import org.entente.certs.pem.Password;
import org.entente.certs.tls.ClientTls;
import org.entente.certs.tls.TlsIdentity;
import org.entente.client.RelayPlace;
import org.entente.protocol.Bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// A relay that lies to one of its agents: it holds the relay's own key and hands on what the true
/// relay and the agent say to each other, but for what a [Lie] makes of an answer.
public final class LyingRelay implements AutoCloseable {
    private static final int HEAD_SIZE_BYTES_MAX = 64 * 1024;
    private static final Set<String> HANDED_ON = Set.of("content-type", "prefer");

    private final RelayPlace relay;
    private final SSLContext upstream;
    private final HttpClient http;
    private final SSLServerSocket server;
    private final Set<Socket> lines = ConcurrentHashMap.newKeySet();
    private volatile Lie lie = Lie.NONE;

    /// What becomes of an answer.
    @FunctionalInterface
    public interface Lie {
        Lie NONE = (_, truth) -> truth;

        Bytes told(String path, Bytes truth);
    }

    /// @param home of the relay, with its key
    /// @param agent as whom the true relay knows what is handed on
    public LyingRelay(Path home, RelayPlace relay, TlsIdentity agent) throws IOException {
        this.relay = relay;
        this.upstream = ClientTls.pinned(relay.certificate()).showing(agent).context();
        this.http =
                HttpClient.newBuilder()
                        .sslContext(upstream)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        try {
            this.server =
                    (SSLServerSocket)
                            context(home).getServerSocketFactory().createServerSocket(0, 64);
        } catch (GeneralSecurityException | KeyFileUnusable e) {
            throw new IOException(e);
        }
        Thread.ofVirtual().name("lying-relay").start(this::accept);
    }

    private static SSLContext context(Path home)
            throws IOException, GeneralSecurityException, KeyFileUnusable {
        KeyFile file =
                KeyFile.read(home.resolve("relay.p12"), Password.read(home.resolve("password")));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = "in memory".toCharArray();
        store.setKeyEntry(
                "relay",
                file.keys().getPrivate(),
                password,
                file.chain().toArray(Certificate[]::new));
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    URI address() {
        return URI.create("https://localhost:" + server.getLocalPort());
    }

    /// From now on, until something else is told.
    void tells(Lie next) {
        lie = next;
    }

    /// Ends every link, so that the agent dials again and looks anew.
    void cut() throws IOException {
        for (Socket each : lines) {
            each.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            accepted()
                    .ifPresent(socket -> {
                        lines.add(socket);
                        Thread.ofVirtual().name("lied-to").start(() -> serve(socket));
                    });
        }
    }

    private Optional<Socket> accepted() {
        try {
            return Optional.of(server.accept());
        } catch (IOException e) {
            // Closed.
            return Optional.empty();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                if (head.toLowerCase(Locale.ROOT).contains("upgrade: websocket")) {
                    line(socket, head);
                    return;
                }
                answer(head, in, socket.getOutputStream());
            }
        } catch (IOException e) {
            // The agent, or the relay, has gone; it dials again.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lines.remove(socket);
        }
    }

    /// Up to the empty line; nothing at the end of the connection.
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int end = 0;
        while (end < 4) {
            int next = in.read();
            if (next < 0 || head.size() > HEAD_SIZE_BYTES_MAX) {
                return "";
            }
            head.write(next);
            end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /// The link is handed on as it is.
    private void line(Socket agent, String head) throws IOException, InterruptedException {
        URI to = relay.address();
        try (Socket socket = upstream.getSocketFactory().createSocket(to.getHost(), to.getPort())) {
            lines.add(socket);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            Thread back = Thread.ofVirtual().start(() -> pump(socket, agent));
            pump(agent, socket);
            back.join();
            lines.remove(socket);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of them has gone, and so does the other.
        } finally {
            try {
                from.close();
                to.close();
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void answer(String head, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        List<String> rows = head.lines().toList();
        String[] first = rows.getFirst().split(" ", 3);
        HttpRequest.Builder request = HttpRequest.newBuilder(relay.address().resolve(first[1]));
        int size = 0;
        for (String row : rows.subList(1, rows.size())) {
            String[] header = row.split(":", 2);
            String name = header[0].toLowerCase(Locale.ROOT);
            if (name.equals("content-length")) {
                size = Integer.parseInt(header[1].strip());
            } else if (HANDED_ON.contains(name)) {
                request.header(name, header[1].strip());
            }
        }
        byte[] body = in.readNBytes(size);
        HttpResponse<byte[]> response =
                http.send(
                        request.method(first[0], BodyPublishers.ofByteArray(body)).build(),
                        BodyHandlers.ofByteArray());
        Bytes truth = Bytes.copyOf(response.body());
        byte[] told = (response.statusCode() == 200 ? lie.told(first[1], truth) : truth).toArray();
        String answer =
                "HTTP/1.1 "
                        + response.statusCode()
                        + " told\r\ncontent-type: "
                        + response.headers().firstValue("content-type").orElse("text/plain")
                        + "\r\ncontent-length: "
                        + told.length
                        + "\r\n\r\n";
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        out.write(told);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        http.shutdownNow();
    }
}
