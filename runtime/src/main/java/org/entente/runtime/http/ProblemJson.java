package org.entente.runtime.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.runtime.json.Json;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A refusal as the body that travels (RFC 9457, protocol.md §10).
final class ProblemJson {
    static final String MEDIA_TYPE = "application/problem+json";

    private ProblemJson() {}

    static Bytes write(Reply.Problem problem) {
        Fault fault = problem.why().fault();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "/faults/" + fault.name());
        fields.put("title", title(fault));
        fields.put("status", fault.httpStatus());
        fields.put("detail", problem.why().detail());
        fields.put("code", fault.name());
        fields.put("retryable", fault.isRetryable());
        if (!problem.retryAfter().isZero()) {
            fields.put("retryAfterMillis", problem.retryAfter().toMillis());
        }
        fields.put("next", fault.next());
        return Json.write(fields);
    }

    /// Whole seconds, rounded up, for the header.
    static String retryAfter(Duration wait) {
        return Long.toString(wait.plusNanos(999_999_999).toSeconds());
    }

    private static String title(Fault fault) {
        String words = fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
