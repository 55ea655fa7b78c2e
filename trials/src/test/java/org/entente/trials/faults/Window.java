package org.entente.trials.faults;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.SignedTransaction;
import org.entente.chain.Transaction;
import org.entente.chain.app.LocalNetwork;
import org.entente.protocol.Bytes;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// A node's API as anybody has it: what it shows, and where transactions are handed in.
record Window(LocalNetwork<?> network, int node) {
    private static final int SIZE_BYTES_MAX = 1 << 20;

    String text(String path) throws Exception {
        return sent(request(path)).asUtf8();
    }

    JsonNode json(String path) throws Exception {
        return Json.read(sent(request(path)), SIZE_BYTES_MAX).orThrow();
    }

    long nonce(Signer account) throws Exception {
        return json("/v1/accounts/" + account.key()).path("nonce").asLong();
    }

    /// What is answered when the transaction has come to its end, or is refused.
    JsonNode send(Signer by, long nonce, Action action) throws Exception {
        return posted(by, nonce, action, request("/v1/transactions"));
    }

    /// What is answered at once.
    JsonNode hand(Signer by, long nonce, Action action) throws Exception {
        return posted(
                by, nonce, action, request("/v1/transactions").header("prefer", "respond-async"));
    }

    private JsonNode posted(Signer by, long nonce, Action action, HttpRequest.Builder request)
            throws Exception {
        SignedTransaction signed =
                SignedTransaction.by(
                        by, new Transaction(network.genesis().chain(), by.key(), nonce, action));
        byte[] body = SignedTransaction.FORMAT.encode(signed).toArray();
        Bytes answer =
                sent(
                        request.header("content-type", "application/octet-stream")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        return Json.read(answer, SIZE_BYTES_MAX).orThrow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(network.nodes().get(node).api() + path));
    }

    private static Bytes sent(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return Bytes.copyOf(
                    http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body());
        }
    }
}
