package org.entente.relay.http;

import org.entente.certs.Certificate;
import org.entente.certs.tls.X509;
import org.entente.protocol.Fault;
import org.entente.protocol.NodeId;
import org.entente.protocol.Parsed;

import java.security.cert.X509Certificate;
import java.util.Optional;

/// Who a connection's certificate says it is; that it holds was checked in the handshake.
final class Members {
    private Members() {}

    static Parsed<NodeId> node(Optional<X509Certificate> peer) {
        if (peer.isEmpty()) {
            return Parsed.refused(
                    Fault.CERTIFICATE_REQUIRED, "connect with an identity certificate of a member");
        }
        return X509.ours(peer.get())
                .map(Certificate::node)
                .then(node ->
                        node.map(Parsed::of)
                                .orElseGet(() ->
                                        Parsed.refused(
                                                Fault.WRONG_USAGE,
                                                "an identity certificate names a node")));
    }
}
