package org.entente.chain.industrial.app;

import org.entente.certs.Cryptography;
import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.Batch;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.app.LocalNetwork;
import org.entente.chain.app.NodeApi;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Parsed;
import org.entente.runtime.ExitCode;
import org.entente.runtime.StartRefused;
import org.entente.runtime.Threads;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Transactions for a network: many accounts, of whom a few each send together, never one before
/// its last is final.
public final class Load implements AutoCloseable {
    private static final Duration REQUEST_TIME_MAX = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int ADMITTED_TOGETHER = 64;
    private static final int ANSWER_SIZE_BYTES_MAX = 8 << 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ChainId chain;
    private final List<URI> nodes;
    private final List<Signer> accounts;
    private final Offer offer;

    /// Guarded by itself.
    private final List<Sent> sent = new ArrayList<>();

    private volatile boolean closed;

    /// @param atNanos when its answer came
    /// @param tookNanos until then, since its turn
    /// @param isDone whether it is final and did what it says
    /// @param readings that it brought
    public record Sent(long atNanos, long tookNanos, boolean isDone, int readings) {}

    /// What is sent, by whom and when.
    ///
    /// @param accounts how many there are
    /// @param together how many of them send in one request
    /// @param pace of requests
    record Offer(Work work, int accounts, int together, Pace pace) {}

    private Load(ChainId chain, List<URI> nodes, List<Signer> accounts, Offer offer) {
        this.chain = chain;
        this.nodes = List.copyOf(nodes);
        this.accounts = List.copyOf(accounts);
        this.offer = offer;
    }

    /// Values of so many new accounts, each of which sends by itself and rests before the next.
    public static Load begun(LocalNetwork<?> network, int accounts, Duration pause)
            throws Exception {
        return begun(network, new Offer(Puts.random(), accounts, 1, Pace.answered(pause)));
    }

    /// Has the accounts admitted.
    static Load begun(LocalNetwork<?> network, Offer offer) throws Exception {
        List<Signer> accounts = Stream.generate(Load::fresh).limit(offer.accounts()).toList();
        ChainId chain = network.genesis().chain();
        List<URI> nodes = network.nodes().stream().map(each -> URI.create(each.api())).toList();
        Load load = new Load(chain, nodes, accounts, offer);
        load.admit(network.owner());
        return load;
    }

    /// An account that nobody knows yet.
    public static Signer fresh() {
        Cryptography cryptography = Cryptography.fastest();
        return cryptography.signer(cryptography.freshKey(new SecureRandom()));
    }

    private void admit(Signer owner) throws Exception {
        NodeApi api = new NodeApi(nodes.getFirst(), client);
        long nonce = api.get("/v1/accounts/" + owner.key()).path("nonce").asLong();
        List<SignedTransaction> admitting = new ArrayList<>();
        for (Signer each : accounts) {
            Action admit = new Action.Admit(each.key());
            admitting.add(
                    SignedTransaction.by(
                            owner, new Transaction(chain, owner.key(), nonce++, admit)));
        }
        for (int from = 0; from < admitting.size(); from += ADMITTED_TOGETHER) {
            int to = Math.min(admitting.size(), from + ADMITTED_TOGETHER);
            if (!done(0, admitting.subList(from, to)).stream().allMatch(it -> it)) {
                throw new StartRefused(ExitCode.FAILED, "the load's accounts are not admitted");
            }
        }
    }

    public void start() {
        for (int from = 0; from < accounts.size(); from += offer.together()) {
            int place = from;
            Threads.start("load-" + from, () -> send(place));
        }
    }

    /// What is sent from now on counts.
    void begin() {
        offer.pace().begin();
    }

    /// One group of accounts, from its first on.
    private void send(int from) {
        List<Signer> group =
                accounts.subList(from, Math.min(accounts.size(), from + offer.together()));
        long[] nonces = new long[group.size()];
        int node = from / offer.together() % nodes.size();
        try {
            while (!closed) {
                List<SignedTransaction> next = new ArrayList<>();
                for (int index = 0; index < nonces.length; index++) {
                    next.add(signed(group.get(index), nonces[index]));
                }
                long turn = offer.pace().next();
                List<Boolean> done = done(node, next);
                note(turn, done);
                if (done.stream().allMatch(it -> it)) {
                    Arrays.setAll(nonces, index -> nonces[index] + 1);
                    offer.pace().rest();
                } else {
                    Thread.sleep(PAUSE);
                    node = (node + 1) % nodes.size();
                    for (int index = 0; index < nonces.length; index++) {
                        nonces[index] = nonce(node, group.get(index), nonces[index]);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SignedTransaction signed(Signer account, long nonce) {
        Action action = offer.work().next(account.key(), nonce);
        return SignedTransaction.by(account, new Transaction(chain, account.key(), nonce, action));
    }

    /// Of each whether it is final and did what it says.
    private List<Boolean> done(int node, List<SignedTransaction> transactions)
            throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(nodes.get(node).resolve("/v1/transactions/batch"))
                        .timeout(REQUEST_TIME_MAX)
                        .header("content-type", "application/octet-stream")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        Batch.FORMAT.encode(new Batch(transactions)).toArray()))
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() < 300
                    && Json.read(Bytes.copyOf(answer.body()), ANSWER_SIZE_BYTES_MAX)
                            instanceof Parsed.Value<JsonNode>(JsonNode each)) {
                return IntStream.range(0, transactions.size())
                        .mapToObj(
                                index -> each.path(index).path("status").asString().equals("DONE"))
                        .toList();
            }
        } catch (IOException e) {
            // The node is gone, or is too slow: another one is asked.
        }
        return Collections.nCopies(transactions.size(), false);
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

    private void note(long turn, List<Boolean> done) {
        long now = System.nanoTime();
        int readings = offer.work().readings();
        synchronized (sent) {
            done.forEach(isDone -> sent.add(new Sent(now, now - turn, isDone, readings)));
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
