package org.entente.adapter.own.http;

import org.entente.certs.tls.ClientTls;

import java.net.URI;
import java.util.Optional;

/// Where a node of the chain is asked.
///
/// @param tls whom to trust there; empty: not encrypted, which leaves what it says provable and no
///   secret, since a chain's state is none
public record Node(URI address, Optional<ClientTls> tls) {
    public Node {
        String scheme = String.valueOf(address.getScheme());
        if (!scheme.equals(tls.isPresent() ? "https" : "http") || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "a node is asked at https://… with a certificate to trust, or at http://…, not"
                            + " at "
                            + address);
        }
    }
}
