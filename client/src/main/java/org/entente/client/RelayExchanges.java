package org.entente.client;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.exchange.Asked;
import org.entente.protocol.log.CancelWish;
import org.entente.protocol.log.Sealed;

import tools.jackson.databind.JsonNode;

import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a relay serves about exchanges (exchange.md §3): one request each, as it is said there.
/// None of it counts until it is checked.
public final class RelayExchanges {
    private static final String BINARY = "application/octet-stream";
    private static final String EXCHANGES = "/v1/exchanges";
    private static final String ALLIANCES = "/v1/alliances/";
    private static final String PREFER = "Prefer";
    private static final int JSON_SIZE_BYTES_MAX = 1024 * 1024;
    private static final int RECEIPT_SIZE_BYTES_MAX = 640 * 1024;
    private static final int EPOCH_SIZE_BYTES_MAX = 576 * 1024;

    private final Wire wire;

    RelayExchanges(Wire wire) {
        this.wire = wire;
    }

    /// What came of an asking: how far it is, or why not.
    sealed interface Reply {
        record Stands(ExchangeStatus status) implements Reply {}

        record Refuses(Problem problem) implements Reply {}
    }

    /// Posts an asking and waits for the state, as long as is said at most.
    Reply ask(Asked asked, Until until, Duration wait) throws Refused, Unreachable {
        Wire.Sent sent =
                Wire.Sent.of(BINARY, Asked.FORMAT.encode(asked)).with(PREFER, prefer(wait));
        return reply(wire.post(EXCHANGES + query(until), sent, JSON_SIZE_BYTES_MAX));
    }

    /// How far an exchange is; waits likewise.
    Reply status(Digest exchange, Until until, Duration wait) throws Refused, Unreachable {
        TreeMap<String, String> headers = new TreeMap<>();
        headers.put(PREFER, prefer(wait));
        return reply(wire.get(address(exchange) + query(until), headers, JSON_SIZE_BYTES_MAX));
    }

    /// The newest attempt first, then those that the relay lists beside it.
    public List<ExchangeStatus> attempts(Digest exchange) throws Refused, Unreachable {
        Bytes body = wire.get(address(exchange), JSON_SIZE_BYTES_MAX);
        return parsed(() -> ExchangeStatus.attempts(body));
    }

    /// Who would propose and endorse, and which rule refuses: JSON, as it came.
    public String dryRun(Asked asked) throws Refused, Unreachable {
        Wire.Sent sent = Wire.Sent.of(BINARY, Asked.FORMAT.encode(asked));
        Bytes body = wire.post(EXCHANGES + "?dry-run=true", sent, JSON_SIZE_BYTES_MAX).orRefuse();
        return parsed(() -> Json.read(body).toString());
    }

    /// Server-sent events, one for each change of state.
    EventStream events(Digest exchange) throws Refused, Unreachable {
        InputStream body = wire.open(address(exchange) + "/events");
        return new EventStream(body);
    }

    /// The bytes of a receipt, unchecked.
    Bytes receipt(Digest exchange, Optional<Integer> attempt) throws Refused, Unreachable {
        return wire.get(
                address(exchange)
                        + "/receipt"
                        + attempt.map(number -> "?attempt=" + number).orElse(""),
                RECEIPT_SIZE_BYTES_MAX);
    }

    /// The bytes that tell of an epoch record: the change of record 0, a notice of any other.
    Bytes epoch(AllianceId alliance, long number) throws Refused, Unreachable {
        return wire.getIfReady(ALLIANCES + alliance + "/epochs/" + number, EPOCH_SIZE_BYTES_MAX);
    }

    /// The newest seals; whether they are enough is for who knows the epoch.
    public Sealed seal(AllianceId alliance) throws Refused, Unreachable {
        return Refused.unless(
                Sealed.FORMAT.decode(
                        wire.getIfReady(ALLIANCES + alliance + "/seal", Sealed.FORMAT.sizeMax())));
    }

    /// Exchanges whose delivery is parked: JSON, as it came.
    public List<String> parked(AllianceId alliance) throws Refused, Unreachable {
        return listed(alliance, "parked");
    }

    /// How each agent of an alliance behaves: JSON, as it came.
    public List<String> agents(AllianceId alliance) throws Refused, Unreachable {
        return listed(alliance, "agents");
    }

    private List<String> listed(AllianceId alliance, String what) throws Refused, Unreachable {
        Bytes body = wire.get(ALLIANCES + alliance + "/" + what, JSON_SIZE_BYTES_MAX);
        return parsed(() -> {
            List<String> all = new java.util.ArrayList<>();
            Json.list(body).forEach(each -> all.add(each.toString()));
            return Collections.unmodifiableList(all);
        });
    }

    /// Final blocks that were replaced, the flows that stand still for it, what is affected: JSON,
    /// as it came.
    public record Affected(List<String> breaks, List<String> broken, List<String> affected) {
        public Affected {
            breaks = List.copyOf(breaks);
            broken = List.copyOf(broken);
            affected = List.copyOf(affected);
        }
    }

    public Affected affected(AllianceId alliance) throws Refused, Unreachable {
        Bytes body = wire.get(ALLIANCES + alliance + "/affected", JSON_SIZE_BYTES_MAX);
        return parsed(() -> {
            JsonNode all = Json.read(body);
            return new Affected(
                    all.path("breaks").valueStream().map(JsonNode::toString).toList(),
                    all.path("broken").valueStream().map(JsonNode::asString).toList(),
                    all.path("affected").valueStream().map(JsonNode::toString).toList());
        });
    }

    /// Has a parked delivery tried again.
    public void retry(AllianceId alliance, long serial) throws Refused, Unreachable {
        wire.post(
                        ALLIANCES + alliance + "/parked/" + serial + "/retry",
                        Wire.Sent.of(BINARY, Bytes.EMPTY),
                        JSON_SIZE_BYTES_MAX)
                .orRefuse();
    }

    /// Hands in the wish that an exchange is not delivered any more.
    public void cancel(CancelWish wish) throws Refused, Unreachable {
        wire.post(
                        ALLIANCES + wish.cancellation().alliance() + "/cancellations",
                        Wire.Sent.of(BINARY, CancelWish.FORMAT.encode(wish)),
                        JSON_SIZE_BYTES_MAX)
                .orRefuse();
    }

    private static Reply reply(Wire.Answered answered) throws Refused {
        if (answered.problem().isPresent()) {
            return new Reply.Refuses(answered.problem().get());
        }
        return new Reply.Stands(parsed(() -> ExchangeStatus.parse(answered.body())));
    }

    private static String address(Digest exchange) {
        return EXCHANGES + "/" + exchange;
    }

    private static String query(Until until) {
        return "?until=" + until.word();
    }

    private static String prefer(Duration wait) {
        return "wait=" + Math.max(0, wait.toSeconds());
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws Json.Unexpected;
    }

    private static <T> T parsed(Reading<T> reading) throws Refused {
        try {
            return reading.read();
        } catch (Json.Unexpected
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException e) {
            throw new Refused(Fault.MALFORMED, "the relay's answer: " + e.getMessage());
        }
    }
}
