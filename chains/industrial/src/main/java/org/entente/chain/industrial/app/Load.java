package org.entente.chain.industrial.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.app.NodeApi;
import org.entente.chain.http.Posted;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.runtime.StartRefused;
import org.entente.runtime.Threads;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Transactions for a network: each of many accounts sends one after the other, the next when the
/// one before is final.
public final class Load implements AutoCloseable {
    private static final Duration REQUEST_TIME_MAX = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int VALUE_SIZE_BYTES = 200;
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ChainId chain;
    private final List<URI> nodes;
    private final List<Signer> accounts;
    private final Duration pause;
    private final Bytes value;

    /// Guarded by itself.
    private final List<Sent> sent = new ArrayList<>();

    private volatile boolean closed;

    /// @param atNanos when its answer came
    /// @param tookNanos until then
    /// @param isDone whether it is final and did what it says
    public record Sent(long atNanos, long tookNanos, boolean isDone) {}

    private Load(ChainId chain, List<URI> nodes, List<Signer> accounts, Duration pause) {
        this.chain = chain;
        this.nodes = List.copyOf(nodes);
        this.accounts = List.copyOf(accounts);
        this.pause = pause;
        byte[] random = new byte[VALUE_SIZE_BYTES];
        new SecureRandom().nextBytes(random);
        this.value = Bytes.copyOf(random);
    }

    /// Has so many new accounts admitted.
    ///
    /// @param pause of an account between two transactions
    public static Load begun(LocalNetwork network, int count, Duration pause) throws Exception {
        Cryptography cryptography = Cryptography.fastest();
        SecureRandom random = new SecureRandom();
        List<Signer> accounts =
                Stream.generate(() -> cryptography.signer(cryptography.freshKey(random)))
                        .limit(count)
                        .toList();
        ChainId chain = network.genesis().chain();
        List<URI> nodes = network.nodes().stream().map(each -> URI.create(each.api())).toList();
        Load load = new Load(chain, nodes, accounts, pause);
        load.admit(network.owner());
        return load;
    }

    private void admit(Signer owner) throws Exception {
        NodeApi api = new NodeApi(nodes.getFirst(), client);
        long nonce = api.get("/v1/accounts/" + owner.key()).path("nonce").asLong();
        for (int index = 0; index < accounts.size(); index++) {
            Action admit = new Action.Admit(accounts.get(index).key());
            SignedTransaction signed =
                    SignedTransaction.by(
                            owner, new Transaction(chain, owner.key(), nonce + index, admit));
            boolean isLast = index == accounts.size() - 1;
            if (isLast) {
                api.send(signed);
            } else {
                HttpRequest request =
                        request(nodes.getFirst(), signed).header("prefer", "respond-async").build();
                client.send(request, HttpResponse.BodyHandlers.discarding());
            }
        }
    }

    private static HttpRequest.Builder request(URI node, SignedTransaction signed) {
        return Posted.request(signed).uri(node.resolve(Posted.PATH)).timeout(REQUEST_TIME_MAX);
    }

    public void start() {
        for (int index = 0; index < accounts.size(); index++) {
            int place = index;
            Threads.start("load-" + index, () -> send(place));
        }
    }

    private void send(int place) {
        Signer account = accounts.get(place);
        long nonce = 0;
        int node = place % nodes.size();
        try {
            while (!closed) {
                long begun = System.nanoTime();
                Optional<String> answer = answered(node, signed(account, nonce));
                boolean isDone = answer.filter(it -> it.contains("\"DONE\"")).isPresent();
                note(begun, isDone);
                if (isDone) {
                    nonce++;
                    Thread.sleep(pause);
                } else {
                    Thread.sleep(PAUSE);
                    node = (node + 1) % nodes.size();
                    nonce = nonce(node, account, nonce);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SignedTransaction signed(Signer account, long nonce) {
        Bytes key = account.key().bytes().slice(0, 16);
        return SignedTransaction.by(
                account,
                new Transaction(
                        chain, account.key(), nonce, new Action.Put(key, Optional.empty(), value)));
    }

    private Optional<String> answered(int node, SignedTransaction signed)
            throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    client.send(
                            request(nodes.get(node), signed).build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            // The node is gone, or is too slow: another one is asked.
            return Optional.empty();
        }
    }

    private long nonce(int node, Signer account, long otherwise) throws InterruptedException {
        try {
            return new NodeApi(nodes.get(node), client)
                    .get("/v1/accounts/" + account.key())
                    .path("nonce")
                    .asLong();
        } catch (IOException | StartRefused e) {
            return otherwise;
        }
    }

    private void note(long begun, boolean isDone) {
        long now = System.nanoTime();
        synchronized (sent) {
            sent.add(new Sent(now, now - begun, isDone));
        }
    }

    public List<Sent> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    /// Nothing more is sent.
    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
    }
}
