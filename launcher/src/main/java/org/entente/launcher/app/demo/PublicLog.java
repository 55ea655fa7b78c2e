package org.entente.launcher.app.demo;

import org.entente.certs.tls.ClientTls;
import org.entente.client.Failure;
import org.entente.client.Problem;
import org.entente.client.Refused;
import org.entente.client.RelayPlace;
import org.entente.client.Unreachable;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.Evidence;
import org.entente.protocol.exchange.FullSequence;
import org.entente.protocol.exchange.Sequence;
import org.entente.protocol.log.Frame;
import org.entente.runtime.json.Json;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// What anyone may read of an alliance's log and send to its relay, over the public API.
public final class PublicLog implements AutoCloseable {
    private static final Duration TIME_MAX = Duration.ofSeconds(20);
    private static final int ANSWER_SIZE_BYTES_MAX = 16 << 20;

    private final RelayPlace relay;
    private final AllianceId alliance;
    private final HttpClient http;

    public PublicLog(RelayPlace relay, AllianceId alliance) {
        this.relay = relay;
        this.alliance = alliance;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(ClientTls.pinned(relay.certificate()).context())
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
    }

    /// The submission that stands at a serial.
    public FullSequence submission(long serial) throws Failure {
        Frame frame = from(serial).getFirst();
        return new FullSequence(
                Refused.unless(Sequence.FORMAT.decode(frame.change())),
                Refused.unless(Evidence.FORMAT.decode(frame.approvals())));
    }

    /// The records from a serial on.
    public List<Frame> from(long serial) throws Failure {
        Bytes body = get("/v1/logs/" + alliance + "/records?from=" + serial);
        return Refused.unless(Frame.all(body, Frame.End.WHOLE));
    }

    /// What one agent did, as the relay shows it.
    public JsonNode agent(Party party) throws Failure {
        JsonNode agents =
                Refused.unless(
                        Json.read(
                                get("/v1/alliances/" + alliance + "/agents"),
                                ANSWER_SIZE_BYTES_MAX));
        for (JsonNode each : agents) {
            if (each.path("agent").asString().equals(party.agent())) {
                return each;
            }
        }
        throw new Refused(Fault.NOT_FOUND, "the relay shows no agent " + party.agent());
    }

    /// Hands in a submission that somebody collected.
    public void submit(FullSequence full) throws Failure {
        send(
                HttpRequest.newBuilder(relay.address().resolve("/v1/submissions"))
                        .header("content-type", "application/octet-stream")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        FullSequence.FORMAT.encode(full).toArray())));
    }

    private Bytes get(String path) throws Failure {
        return send(HttpRequest.newBuilder(relay.address().resolve(path)).GET());
    }

    private Bytes send(HttpRequest.Builder request) throws Failure {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request.timeout(TIME_MAX).build(),
                            BodyHandlers.limiting(
                                    BodyHandlers.ofByteArray(), ANSWER_SIZE_BYTES_MAX));
            Bytes body = Bytes.copyOf(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new Refused(Problem.parse(response.statusCode(), body));
            }
            return body;
        } catch (IOException e) {
            throw new Unreachable(
                    Unreachable.Kind.NO_ANSWER,
                    relay.address() + " gives no answer: " + e,
                    "Is it running?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable(
                    Unreachable.Kind.INTERRUPTED, "interrupted", "Give the command again.");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
