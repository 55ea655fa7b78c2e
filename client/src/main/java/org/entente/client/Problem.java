package org.entente.client;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Verdict;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// A refusal as it travels (RFC 9457, protocol.md §10).
///
/// @param code a name of the catalogue of faults, or one that only a newer server knows
/// @param retryAfter how long the server asks to wait before the same bytes come again
public record Problem(
        String code,
        int status,
        String detail,
        String next,
        boolean retryable,
        Optional<Duration> retryAfter) {
    private static final int TEXT_SIZE_MAX = 2_000;
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);

    public Problem {
        detail = printable(detail);
        next = printable(next);
        code = printable(code);
    }

    public static Problem of(Verdict.Rejected why) {
        return new Problem(
                why.fault().name(),
                why.fault().httpStatus(),
                why.detail(),
                why.fault().next(),
                why.fault().isRetryable(),
                Optional.empty());
    }

    /// From an answer that is no success. What is no problem+json keeps at least its status.
    public static Problem parse(int status, Bytes body) {
        try {
            return in(status, Json.read(body)).orElseGet(() -> unknown(status));
        } catch (Json.Unexpected e) {
            // Something between us and the server answered in its own words.
            return unknown(status);
        }
    }

    /// From an object that may be one, or have one in it.
    static Optional<Problem> in(int status, JsonNode json) {
        return Json.optionalText(json, "code")
                .map(code ->
                        new Problem(
                                code,
                                status,
                                Json.optionalText(json, "detail").orElse(""),
                                Json.optionalText(json, "next").orElseGet(() -> next(code)),
                                json.path("retryable").asBoolean(false),
                                pause(json.path("retryAfterMillis").asLong(0))));
    }

    /// The fault of our catalogue, unless only a newer server knows it.
    public Optional<Fault> fault() {
        return fault(code);
    }

    /// Whether the very same bytes may be sent again.
    boolean allowsSame() {
        return retryable && fault(code).map(Problem::same).orElse(true);
    }

    /// Whether a new attempt, signed anew, can help.
    boolean allowsRenewed() {
        return fault(code).map(fault -> fault.retry() == Fault.Retry.RENEWED).orElse(false);
    }

    private static Optional<Fault> fault(String code) {
        return Arrays.stream(Fault.values()).filter(each -> each.name().equals(code)).findFirst();
    }

    private static boolean same(Fault fault) {
        return fault.retry() == Fault.Retry.SAME;
    }

    private static Problem unknown(int status) {
        boolean overloaded = status == 503 || status == 429;
        return new Problem(
                "HTTP_" + status,
                status,
                "the server answered with the status " + status + " and no reason",
                "Check the address: is it the relay's or the agent's own?",
                overloaded,
                Optional.empty());
    }

    private static String next(String code) {
        return fault(code).map(Fault::next).orElse("See docs/faults.md.");
    }

    private static Optional<Duration> pause(long millis) {
        return millis <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.min(millis, WAIT_MAX.toMillis())));
    }

    /// A server's words reach a terminal: no control characters, no endless text.
    private static String printable(String text) {
        String cut = text.length() > TEXT_SIZE_MAX ? text.substring(0, TEXT_SIZE_MAX) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", " ");
    }

    @Override
    public String toString() {
        return code + " " + detail;
    }
}
