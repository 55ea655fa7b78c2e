package org.entente.relay.http;

import org.entente.relay.Effect;
import org.entente.runtime.http.Reply;

/// What a desk refused, for who asked.
final class Refusals {
    private Refusals() {}

    static Reply of(Effect.Refuse refuse) {
        return refuse.again()
                .map(wait -> Reply.problem(refuse.why(), wait))
                .orElseGet(() -> Reply.problem(refuse.why()));
    }
}
