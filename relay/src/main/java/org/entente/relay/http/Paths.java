package org.entente.relay.http;

import org.entente.protocol.AllianceId;
import org.entente.protocol.Digest;
import org.entente.protocol.Fault;
import org.entente.protocol.Parsed;
import org.entente.runtime.http.Request;

/// Digests and alliances in addresses.
final class Paths {
    private Paths() {}

    static Parsed<Digest> digest(Request request, String name) {
        String text = request.parameter(name);
        return text.matches("[0-9a-f]{64}")
                ? Parsed.of(Digest.fromHex(text))
                : Parsed.refused(
                        Fault.INVALID_VALUE, name + " is 64 digits of lower-case hex, not " + text);
    }

    static Parsed<AllianceId> alliance(Request request) {
        return digest(request, "alliance").map(AllianceId::new);
    }

    static Parsed<Long> number(Request request, String name) {
        return Numbers.parse(name, request.parameter(name));
    }
}
