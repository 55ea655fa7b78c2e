package org.entente.certs.est;

import org.entente.protocol.Bytes;
import org.entente.protocol.Fault;
import org.entente.protocol.Name;
import org.entente.protocol.Parsed;

import java.util.Base64;

/// Who enrols and with which token: `Authorization: Basic base64(node:token)` (RFC 7617).
public record BasicCredentials(Name node, String token) {
    private static final String SCHEME = "Basic ";
    private static final int SIZE_MAX = 512;

    static Parsed<BasicCredentials> parse(String header) {
        if (header.length() > SIZE_MAX
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refused();
        }
        try {
            String pair =
                    Bytes.copyOf(
                                    Base64.getDecoder()
                                            .decode(header.substring(SCHEME.length()).strip()))
                            .asUtf8();
            int colon = pair.indexOf(':');
            return colon < 0
                    ? refused()
                    : Parsed.of(
                            new BasicCredentials(
                                    new Name(pair.substring(0, colon)), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            // The message could show a part of the token.
            return refused();
        }
    }

    /// What the client sends.
    public String header() {
        return SCHEME
                + Base64.getEncoder().encodeToString(Bytes.utf8(node + ":" + token).toArray());
    }

    private static Parsed<BasicCredentials> refused() {
        return Parsed.refused(
                Fault.TOKEN_UNKNOWN, "Authorization is not Basic with node:token in base64");
    }

    @Override
    public String toString() {
        return "the credentials of " + node;
    }
}
