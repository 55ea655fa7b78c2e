package org.entente.adapter.own.http;

import org.entente.adapter.own.StateKey;
import org.entente.protocol.Bytes;
import org.entente.protocol.exchange.Place;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// A key of the state, and where its proof is asked for.
///
/// @param value the field of the answer that has the value
record Question(StateKey key, String path, String value) implements Comparable<Question> {
    static Question of(Place place) {
        return new Question(
                StateKey.of(place),
                "/v1/state?proof=true&key="
                        + place.key().hex()
                        + "&namespace="
                        + encoded(place.inbox()),
                "value");
    }

    static Question ofOwn(Bytes key) {
        return new Question(
                new StateKey(StateKey.Area.OWN, Place.OWN, key),
                "/v1/state?proof=true&key=" + key.hex(),
                "value");
    }

    static Question outcome(String inbox, long serial) {
        return new Question(
                StateKey.outcome(inbox, serial),
                inboxPath(inbox) + "/outcomes/" + serial,
                "settlement");
    }

    static String inboxPath(String inbox) {
        return "/v1/inbox/" + encoded(inbox);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public int compareTo(Question other) {
        return key.compareTo(other.key);
    }
}
