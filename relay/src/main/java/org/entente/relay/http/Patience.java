package org.entente.relay.http;

import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.relay.Status;
import org.entente.runtime.http.Request;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long somebody waits, and for what: `Prefer: wait=N`, `?until=STATE`.
///
/// @param time how long at most
/// @param until what is waited for; a final state ends every wait
record Patience(Duration time, Status.State until) {
    private static final long SECONDS_MAX = 60;
    private static final Pattern WAIT = Pattern.compile("(?:^|[,; ])wait=([0-9]{1,4})(?:$|[,; ])");

    static Parsed<Patience> of(Request request) {
        Optional<String> until = request.queried("until");
        Parsed<Status.State> state =
                until.map(Patience::state).orElseGet(() -> Parsed.of(Status.State.SETTLED));
        return state.map(wanted -> new Patience(wait(request), wanted));
    }

    private static Duration wait(Request request) {
        Matcher matcher = WAIT.matcher(request.headers().first("prefer").orElse(""));
        return matcher.find()
                ? Duration.ofSeconds(Math.min(SECONDS_MAX, Long.parseLong(matcher.group(1))))
                : Duration.ZERO;
    }

    private static Parsed<Status.State> state(String text) {
        for (Status.State state : Status.State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Parsed.of(state);
            }
        }
        return Parsed.refused(Fault.INVALID_VALUE, "until is a state such as sealed, not " + text);
    }
}
