package org.entente.launcher.app.solo;

import org.entente.certs.Signer;
import org.entente.certs.tls.ClientTls;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.http.Posted;
import org.entente.client.Failure;
import org.entente.client.Problem;
import org.entente.client.Refused;
import org.entente.client.Unreachable;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;
import org.entente.protocol.Verdict;
import org.entente.protocol.VerifyingKey;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A chain of our own over the HTTP API of its nodes (docs/ledger.md §6): one is asked, the next
/// when it gives no answer.
public final class SoloChain implements AutoCloseable {
    private static final Duration TIME_MAX = Duration.ofSeconds(30);
    private static final Duration FINAL_TIME_MAX = Duration.ofMinutes(2);
    private static final int ANSWER_SIZE_BYTES_MAX = 4 << 20;
    private static final int TRIES_MAX = 5;

    private final List<URI> nodes;
    private final HttpClient http;

    /// @param certificate of the nodes, pinned; empty: without TLS, on loopback
    public SoloChain(List<URI> nodes, Optional<X509Certificate> certificate) {
        this.nodes = List.copyOf(nodes);
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(TIME_MAX)
                        .version(HttpClient.Version.HTTP_1_1);
        certificate.ifPresent(pinned -> builder.sslContext(ClientTls.pinned(pinned).context()));
        this.http = builder.build();
    }

    /// What the node says of itself.
    record Status(ChainId chain, Digest genesis, VerifyingKey owner, long height) {}

    /// Which chain it is.
    public ChainId chain() throws Failure {
        return status().chain();
    }

    /// What a key of the chain's own holds.
    public record Value(Optional<Bytes> value, Optional<Bytes> version, long height) {}

    /// A pact that stands.
    ///
    /// @param why it is not ripe; empty: it is
    record Standing(Digest id, String owner, String until, Optional<String> why) {}

    /// Where an action was included.
    public record Included(Digest id, long height, long index, Bytes result) {}

    Status status() throws Failure {
        JsonNode json = get("/v1/status");
        return new Status(
                new ChainId(json.path("chain").asString()),
                Digest.fromHex(json.path("genesis").asString()),
                new VerifyingKey(Bytes.fromHex(json.path("owner").asString())),
                json.path("head").path("height").asLong(json.path("head").asLong(0)));
    }

    /// @param inbox empty: of the chain's own
    public Value value(Bytes key, Optional<String> inbox) throws Failure {
        return shown(
                key,
                inbox.map(it -> "&namespace=" + URLEncoder.encode(it, StandardCharsets.UTF_8))
                        .orElse(""));
    }

    /// What a contract keeps under a key.
    Value kept(Name contract, Bytes key) throws Failure {
        return shown(key, "&contract=" + contract);
    }

    private Value shown(Bytes key, String where) throws Failure {
        JsonNode json = get("/v1/state?key=" + key.hex() + where);
        return new Value(
                bytes(json, "value"), bytes(json, "version"), json.path("height").asLong());
    }

    /// All pacts that stand, by their ids.
    List<Standing> pacts() throws Failure {
        List<Standing> all = new ArrayList<>();
        boolean more = true;
        while (more) {
            String after = all.isEmpty() ? "" : "?after=" + all.getLast().id();
            JsonNode page = get("/v1/pacts" + after);
            for (JsonNode pact : page.path("pacts").values()) {
                all.add(
                        new Standing(
                                Digest.fromHex(pact.path("id").asString()),
                                pact.path("owner").asString(),
                                pact.path("until").asString(),
                                pact.path("ripe").asBoolean()
                                        ? Optional.empty()
                                        : Optional.of(pact.path("why").asString(""))));
            }
            more = page.path("more").asBoolean();
        }
        return all;
    }

    /// Signs an action as the account's next transaction and waits until it is final. When somebody
    /// else used the account meanwhile, it is signed anew.
    public Included send(Signer account, Action action) throws Failure {
        ChainId chain = status().chain();
        for (int attempt = 1; ; attempt++) {
            try {
                return post(
                        SignedTransaction.by(
                                account,
                                new Transaction(
                                        chain, account.key(), nonce(account.key()), action)));
            } catch (Refused e) {
                boolean late = e.problem().code().startsWith("NONCE_");
                if (!late || attempt == TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    private long nonce(VerifyingKey account) throws Failure {
        return get("/v1/accounts/" + account).path("nonce").asLong();
    }

    /// The same again, which changes nothing, until it is final.
    private Included post(SignedTransaction transaction) throws Failure {
        HttpRequest.Builder request = Posted.request(transaction);
        long end = System.nanoTime() + FINAL_TIME_MAX.toNanos();
        Posted posted = new Posted(answer(Posted.PATH, request));
        while (!posted.isFinal()) {
            if (System.nanoTime() > end) {
                throw new Unreachable(
                        Unreachable.Kind.NO_ANSWER,
                        nodes + " have not made the transaction final within " + FINAL_TIME_MAX,
                        "Are enough of the chain's nodes running?");
            }
            posted = new Posted(answer(Posted.PATH, request));
        }
        Optional<Verdict.Rejected> refusal = posted.refusal();
        if (refusal.isPresent()) {
            throw new Refused(Problem.of(refusal.get()));
        }
        return new Included(
                transaction.transaction().id(), posted.height(), posted.index(), posted.result());
    }

    private JsonNode get(String path) throws Failure {
        return answer(path, HttpRequest.newBuilder().GET());
    }

    private JsonNode answer(String path, HttpRequest.Builder request) throws Failure {
        List<String> away = new ArrayList<>();
        for (URI node : nodes) {
            try {
                return said(node, request.uri(node.resolve(path)).timeout(TIME_MAX).build());
            } catch (IOException e) {
                away.add(node + " gives no answer: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unreachable(
                        Unreachable.Kind.INTERRUPTED,
                        "interrupted while waiting for " + node,
                        "Give it again.");
            }
        }
        throw new Unreachable(
                Unreachable.Kind.NO_ANSWER,
                String.join("; ", away),
                "Is the chain running, and the address right?");
    }

    private JsonNode said(URI node, HttpRequest request)
            throws Failure, IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(
                        request,
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_SIZE_BYTES_MAX));
        Bytes body = Bytes.copyOf(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new Refused(Problem.parse(response.statusCode(), body));
        }
        return switch (Json.read(body, ANSWER_SIZE_BYTES_MAX)) {
            case Parsed.Value<JsonNode>(JsonNode json) -> json;
            case Parsed.Refused<JsonNode>(Verdict.Rejected why) ->
                    throw new Unreachable(
                            Unreachable.Kind.NO_ANSWER,
                            node + " answers no JSON: " + why,
                            "Is this a node of such a chain?");
        };
    }

    private static Optional<Bytes> bytes(JsonNode json, String name) {
        return json.path(name).isString()
                ? Optional.of(Bytes.fromHex(json.path(name).asString()))
                : Optional.empty();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
