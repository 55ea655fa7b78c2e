package org.entente.client;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Bytes;
import org.entente.protocol.Digest;
import org.entente.protocol.Name;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far an exchange is, as the relay or an agent says it (exchange.md §3). What counts in the
/// end is the receipt.
///
/// @param exchange names it over all its attempts
/// @param request the digest of the attempt's request
/// @param outcome empty while it goes on
/// @param serial of its entry, once it has one
/// @param problem of an INVALID, FAILED_UNORDERED or REFUSED attempt
/// @param reads for a problem about versions: each key with both, as JSON
/// @param json the answer as it came, in one line
public record ExchangeStatus(
        Digest exchange,
        AllianceId alliance,
        Name contract,
        Name flow,
        int attempt,
        Digest request,
        State state,
        Optional<Outcome> outcome,
        Optional<Long> serial,
        Optional<Problem> problem,
        List<String> reads,
        String json) {
    /// Where an answer about an exchange has its newest attempt.
    private static final String NEWEST = "newest";

    /// In the order in which they are reached.
    public enum State {
        ASKED,
        PROPOSED,
        ENDORSED,
        SUBMITTED,
        COMMITTED,
        SEALED,
        DELIVERING,
        SETTLED
    }

    /// How an attempt ended.
    public enum Outcome {
        APPLIED,
        REFUSED,
        CANCELLED,
        INVALID,
        FAILED_UNORDERED
    }

    public ExchangeStatus {
        reads = List.copyOf(reads);
    }

    public boolean isFinal() {
        return outcome.isPresent();
    }

    /// Whether there is nothing more to wait for.
    public boolean hasReached(Until until) {
        return isFinal() || state.compareTo(until.state()) >= 0;
    }

    static ExchangeStatus parse(Bytes body) throws Json.Unexpected {
        JsonNode json = Json.read(body);
        return read(json.has(NEWEST) ? json.path(NEWEST) : json);
    }

    /// The newest attempt, then the others that an answer lists.
    static List<ExchangeStatus> attempts(Bytes body) throws Json.Unexpected {
        JsonNode json = Json.read(body);
        ExchangeStatus newest = read(json.has(NEWEST) ? json.path(NEWEST) : json);
        List<ExchangeStatus> all = new ArrayList<>(List.of(newest));
        for (JsonNode each : json.path("attempts")) {
            ExchangeStatus attempt = read(each);
            if (!attempt.equals(newest)) {
                all.add(attempt);
            }
        }
        return all;
    }

    private static ExchangeStatus read(JsonNode json) throws Json.Unexpected {
        JsonNode problem = json.path("problem");
        return new ExchangeStatus(
                Digest.fromHex(Json.text(json, "exchange")),
                AllianceId.fromHex(Json.text(json, "alliance")),
                new Name(Json.text(json, "contract")),
                new Name(Json.text(json, "flow")),
                Math.toIntExact(Json.number(json, "attempt")),
                Digest.fromHex(Json.text(json, "request")),
                State.valueOf(Json.text(json, "state")),
                Json.optionalText(json, "outcome").map(Outcome::valueOf),
                json.path("serial").isNumber()
                        ? Optional.of(Json.number(json, "serial"))
                        : Optional.empty(),
                problem.isObject()
                        ? Problem.in(problem.path("status").asInt(0), problem)
                        : Optional.empty(),
                reads(problem.path("reads")),
                json.toString());
    }

    private static List<String> reads(JsonNode reads) {
        List<String> texts = new ArrayList<>();
        reads.forEach(each -> texts.add(each.toString()));
        return texts;
    }
}
