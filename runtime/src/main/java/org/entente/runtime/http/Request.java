package org.entente.runtime.http;

import org.entente.protocol.Bytes;
import org.entente.protocol.Sorted;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// One request, read whole.
///
/// @param path as it was sent, still percent-encoded
/// @param parameters what stood at the `{name}`s of the route's template, decoded
/// @param query decoded; a name occurs once
/// @param peer the client's certificate chain, its own first; empty when it showed none
public record Request(
        Method method,
        String path,
        SortedMap<String, String> parameters,
        SortedMap<String, String> query,
        Headers headers,
        Bytes body,
        List<X509Certificate> peer) {
    public Request {
        parameters = Sorted.copyOf(parameters);
        query = Sorted.copyOf(query);
        peer = List.copyOf(peer);
    }

    /// What stood at `{name}`; asking for a name that the template lacks is our mistake.
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the template of " + path + " has no {" + name + "}");
        }
        return value;
    }

    public Optional<String> queried(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// The client's own certificate, whose chain the trust manager accepted.
    public Optional<X509Certificate> peerCertificate() {
        return peer.stream().findFirst();
    }
}
