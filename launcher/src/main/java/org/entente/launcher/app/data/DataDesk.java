package org.entente.launcher.app.data;

import org.entente.certs.Signer;
import org.entente.chain.Action;
import org.entente.chain.industrial.data.DataContract;
import org.entente.chain.industrial.data.DataDeed;
import org.entente.chain.industrial.data.DataId;
import org.entente.chain.industrial.worker.data.DataNode;
import org.entente.client.Failure;
import org.entente.client.Problem;
import org.entente.client.Refused;
import org.entente.client.Unreachable;
import org.entente.client.cli.command.Call;
import org.entente.client.cli.command.Parameter;
import org.entente.launcher.app.solo.NodeOptions;
import org.entente.launcher.app.solo.SoloChain;
import org.entente.protocol.Bytes;
import org.entente.protocol.ChainId;
import org.entente.protocol.Digest;
import org.entente.protocol.Parsed;
import org.entente.protocol.Sorted;
import org.entente.protocol.Verdict;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One account's data at one node.
final class DataDesk implements AutoCloseable {
    static final Parameter<DataId> ID =
            Parameter.argument("ID", "what the data is called", DataId::new);
    static final Parameter<Digest> DEVICE =
            Parameter.optional(
                    "--device",
                    "DIGEST",
                    "SHA-256 of the certificate of the device that made it",
                    Digest::fromHex);
    private static final int ANSWER_SIZE_BYTES_MAX = 4 << 20;
    private static final int PROBLEM_SIZE_BYTES_MAX = 64 * 1024;

    private final URI node;
    private final SoloChain chain;
    private final Signer account;
    private final DataNode data;

    private DataDesk(URI node, SoloChain chain, Signer account, DataNode data) {
        this.node = node;
        this.chain = chain;
        this.account = account;
        this.data = data;
    }

    static DataDesk open(Call call) throws Failure {
        Signer account = NodeOptions.account(call);
        Optional<Path> file = call.optional(NodeOptions.CERTIFICATE);
        Optional<X509Certificate> certificate =
                file.isPresent()
                        ? Optional.of(NodeOptions.certificate(file.get()))
                        : Optional.empty();
        URI node = call.value(NodeOptions.NODE);
        SoloChain chain = NodeOptions.chain(call);
        DataNode data =
                new DataNode(node, certificate, chain.chain(), account, call.world().clock());
        return new DataDesk(node, chain, account, data);
    }

    ChainId chain() throws Failure {
        return chain.chain();
    }

    Signer account() {
        return account;
    }

    /// Sends what is told the contract, and waits until it is final.
    SoloChain.Included tell(DataDeed deed) throws Failure {
        return chain.send(
                account,
                new Action.Call(
                        DataContract.NAME,
                        deed.method(),
                        DataDeed.FORMAT.encode(deed),
                        Optional.empty()));
    }

    static SortedMap<String, String> query(DataId id, String... words) {
        SortedMap<String, String> query = new TreeMap<>();
        query.put("id", id.text());
        for (int at = 0; at < words.length; at += 2) {
            query.put(words[at], words[at + 1]);
        }
        return Sorted.copyOf(query);
    }

    JsonNode get(String path, SortedMap<String, String> query) throws Failure {
        return ask("GET", path, query, Bytes.EMPTY);
    }

    JsonNode ask(String method, String path, SortedMap<String, String> query, Bytes body)
            throws Failure {
        try {
            DataNode.Answer answer = data.ask(method, path, query, body);
            if (!answer.isDone()) {
                throw new Refused(Problem.parse(answer.status(), answer.body()));
            }
            return switch (Json.read(answer.body(), ANSWER_SIZE_BYTES_MAX)) {
                case Parsed.Value<JsonNode>(JsonNode json) -> json;
                case Parsed.Refused<JsonNode>(Verdict.Rejected why) ->
                        throw away("it answers no JSON: " + why);
            };
        } catch (IOException e) {
            throw away(String.valueOf(e));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /// What the chain says of data, if anything.
    Optional<JsonNode> record(DataId id) throws Failure {
        try {
            return Optional.of(get("/v1/data/records", query(id)));
        } catch (Refused e) {
            if (e.problem().code().equals("NOT_FOUND")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The bytes themselves; the caller closes them.
    HttpResponse<InputStream> content(SortedMap<String, String> query) throws Failure {
        try {
            HttpResponse<InputStream> answer = data.stream("/v1/data/content", query);
            if (answer.statusCode() / 100 != 2) {
                try (InputStream body = answer.body()) {
                    throw new Refused(
                            Problem.parse(
                                    answer.statusCode(),
                                    Bytes.copyOf(body.readNBytes(PROBLEM_SIZE_BYTES_MAX))));
                }
            }
            return answer;
        } catch (IOException e) {
            throw away(String.valueOf(e));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    Unreachable away(String why) {
        return new Unreachable(
                Unreachable.Kind.NO_ANSWER,
                node + ": " + why,
                "Is the node running, and the address right?");
    }

    private Unreachable interrupted() {
        Thread.currentThread().interrupt();
        return new Unreachable(
                Unreachable.Kind.INTERRUPTED,
                "interrupted while waiting for " + node,
                "Give it again.");
    }

    @Override
    public void close() {
        data.close();
        chain.close();
    }
}
