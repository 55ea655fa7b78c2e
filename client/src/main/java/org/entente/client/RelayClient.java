package org.entente.client;

import org.entente.certs.tls.ClientTls;
import org.entente.certs.tls.TlsIdentity;
import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.protocol.VerifyingKey;
import org.entente.protocol.log.Frame;
import org.entente.registry.SignedChange;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Speaks with the one relay whose certificate is pinned. What it reads is what the relay says;
/// what follows from the log is for [LogFollower].
public final class RelayClient implements AutoCloseable {
    static final String REGISTRY = "registry";
    private static final String BINARY = "application/octet-stream";
    private static final String INVITATION = "Entente-Invitation";
    private static final int JSON_SIZE_BYTES_MAX = 1024 * 1024;
    private static final int RECORDS_SIZE_BYTES_MAX = 16 * 1024 * 1024;
    private static final int LIST_SIZE_BYTES_MAX = 4 * 1024 * 1024;

    private final Wire wire;

    private RelayClient(Wire wire) {
        this.wire = wire;
    }

    public static RelayClient of(RelayPlace place, Patience patience, RandomGenerator random) {
        return new RelayClient(
                new Wire(place.address(), ClientTls.pinned(place.certificate()), patience, random));
    }

    /// With an identity certificate, for what the relay answers members only.
    public static RelayClient of(
            RelayPlace place, TlsIdentity identity, Patience patience, RandomGenerator random) {
        ClientTls tls = ClientTls.pinned(place.certificate()).showing(identity);
        return new RelayClient(new Wire(place.address(), tls, patience, random));
    }

    /// What it serves about exchanges, over the same connection.
    public RelayExchanges exchanges() {
        return new RelayExchanges(wire);
    }

    /// What the relay says that a log has come to.
    ///
    /// @param digest of the state that the log folds to
    public record LogHead(String log, long size, Digest root, Optional<Digest> digest) {}

    public RelayStatus status() throws Refused, Unreachable {
        return read(
                wire.get("/v1/status", JSON_SIZE_BYTES_MAX),
                json ->
                        new RelayStatus(
                                Json.text(json, "address"),
                                new VerifyingKey(Bytes.fromHex(Json.text(json, "key"))),
                                Json.text(json, "cryptography"),
                                Instant.parse(Json.text(json, "time"))));
    }

    public LogHead head(String log) throws Refused, Unreachable {
        return read(
                wire.get("/v1/logs/" + log, JSON_SIZE_BYTES_MAX),
                json ->
                        new LogHead(
                                Json.text(json, "log"),
                                Json.number(json, "size"),
                                Digest.fromHex(Json.text(json, "root")),
                                Json.optionalText(json, "digest").map(Digest::fromHex)));
    }

    /// An alliance's log for an [Audit], which is no follower: it reads what does not hold, too.
    public Audit.Records records(AllianceId alliance) {
        return from -> {
            LogHead head = head(alliance.toString());
            return from < head.size() ? records(alliance.toString(), from) : List.of();
        };
    }

    /// The records from a serial on, as many as one answer holds.
    List<Frame> records(String log, long from) throws Refused, Unreachable {
        Bytes body =
                wire.get(
                        "/v1/logs/" + log + "/records?from=" + from,
                        RECORDS_SIZE_BYTES_MAX,
                        LimitedBody.Excess.LEFT_OUT);
        return Refused.unless(
                Frame.all(
                        body,
                        body.size() == RECORDS_SIZE_BYTES_MAX ? Frame.End.CUT : Frame.End.WHOLE));
    }

    /// The CRL that the relay publishes for an organisation's CA, in DER.
    ///
    /// @param authority `enrolment` or `transaction`
    public Bytes revocationList(String organisation, String authority) throws Refused, Unreachable {
        return wire.get(
                "/v1/organisations/" + organisation + "/crl/" + authority, LIST_SIZE_BYTES_MAX);
    }

    public Submitted submit(SignedChange change) throws Refused, Unreachable {
        return submit(change, Wire.Sent.of(BINARY, change.encode()));
    }

    /// With the one-time invitation that lets an organisation in.
    public Submitted submit(SignedChange change, String invitation) throws Refused, Unreachable {
        return submit(change, Wire.Sent.of(BINARY, change.encode()).with(INVITATION, invitation));
    }

    /// A refusal as already there, or of a used invitation, may come from an earlier sending of the
    /// same bytes whose answer was lost; then the log has the change.
    private Submitted submit(SignedChange change, Wire.Sent sent) throws Refused, Unreachable {
        Wire.Answered answered = wire.post("/v1/changes", sent, JSON_SIZE_BYTES_MAX);
        if (answered.problem().isPresent() && answered.attempts() > 1) {
            Optional<Submitted> earlier = logged(change);
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        Submitted submitted = read(answered.orRefuse(), RelayClient::submitted);
        if (!submitted.change().equals(change.digest())) {
            throw new Refused(
                    Fault.INTERNAL,
                    "the relay answered for the change "
                            + submitted.change()
                            + " where "
                            + change.digest()
                            + " was sent");
        }
        return submitted;
    }

    private Optional<Submitted> logged(SignedChange change) throws Refused, Unreachable {
        long size = head(REGISTRY).size();
        for (long at = 0; at < size; ) {
            List<Frame> frames = records(REGISTRY, at);
            if (frames.isEmpty()) {
                return Optional.empty();
            }
            for (Frame frame : frames) {
                if (Digest.of(frame.change()).equals(change.digest())) {
                    return Optional.of(
                            new Submitted(REGISTRY, at, change.digest(), Optional.empty()));
                }
                at++;
            }
        }
        return Optional.empty();
    }

    private static Submitted submitted(JsonNode json) throws Json.Unexpected {
        return new Submitted(
                Json.text(json, "log"),
                Json.number(json, "serial"),
                Digest.fromHex(Json.text(json, "change")),
                Json.optionalText(json, "alliance").map(AllianceId::fromHex));
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(JsonNode json) throws Json.Unexpected;
    }

    private static <T> T read(Bytes body, Reader<T> reader) throws Refused {
        try {
            return reader.read(Json.read(body));
        } catch (Json.Unexpected | IllegalArgumentException | DateTimeException e) {
            return Refused.unless(
                    Parsed.refused(Fault.MALFORMED, "the relay's answer: " + e.getMessage()));
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
