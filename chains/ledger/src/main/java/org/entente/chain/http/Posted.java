package org.entente.chain.http;

import org.entente.chain.SignedTransaction;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest;
import java.util.Optional;

/// What a node answers to whoever sends it a transaction: the other end of [TransactionRoutes]. The
/// same is sent again, which changes nothing, until the answer is final.
public record Posted(JsonNode answer) {
    public static final String PATH = "/v1/transactions";

    /// To [#PATH] of a node.
    public static HttpRequest.Builder request(SignedTransaction signed) {
        byte[] body = SignedTransaction.FORMAT.encode(signed).toArray();
        return HttpRequest.newBuilder()
                .header("content-type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    public boolean isFinal() {
        return !answer.path("receipt").isMissingNode();
    }

    /// Why it is in the chain and changed nothing.
    public Optional<Verdict.Rejected> refusal() {
        return answer.path("code").isString()
                ? Optional.of(
                        new Verdict.Rejected(
                                Fault.valueOf(answer.path("code").asString()),
                                answer.path("detail").asString("")))
                : Optional.empty();
    }

    public long height() {
        return answer.path("height").asLong();
    }

    public long index() {
        return answer.path("index").asLong();
    }

    public Bytes result() {
        return Bytes.fromHex(answer.path("result").asString(""));
    }
}
